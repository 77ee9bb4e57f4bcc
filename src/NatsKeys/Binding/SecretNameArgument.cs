using System.Collections;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>How the secrets of a vault are named: a text in which <c>{0}</c> stands for the public key, or a table of public keys and their secrets.</summary>
public sealed class SecretNameArgument
{
    private const string Placeholder = "{0}";
    private readonly Dictionary<string, string>? table;
    private readonly string form = Placeholder;

    /// <summary>Takes a text. One without <c>{0}</c> names one secret, the seed of which may be any key's.</summary>
    /// <param name="form">The text.</param>
    public SecretNameArgument(string form) => this.form = form;

    /// <summary>Takes a table. Other keys than those in it are not looked for.</summary>
    /// <param name="table">The table, from public keys to names of secrets.</param>
    public SecretNameArgument(IDictionary table) => this.table = table.Cast<DictionaryEntry>().ToDictionary(
        entry => NatsKeyPair.FromPublicKey($"{entry.Key}").PublicKey, entry => $"{entry.Value}", StringComparer.Ordinal);

    /// <summary>Secrets that have the names of their public keys.</summary>
    internal static SecretNameArgument PublicKey { get; } = new(Placeholder);

    /// <summary>The public keys of the table.</summary>
    internal IReadOnlyList<string> PublicKeys => table is null ? [] : [.. table.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether the name of a secret says whose seed it holds.</summary>
    internal bool NamesKey => table is not null || form.Contains(Placeholder, StringComparison.Ordinal);

    /// <summary>The secrets, for people.</summary>
    public override string ToString() => table is null ? $"'{form}'" : string.Join(", ", table.Values.Select(name => $"'{name}'"));

    /// <summary>The name of the secret that has the seed of a public key; null where there is none.</summary>
    internal string? For(string publicKey) => table is null ? form.Replace(Placeholder, publicKey, StringComparison.Ordinal) : table.GetValueOrDefault(publicKey);

    /// <summary>Every name of a secret, or the form of them all.</summary>
    internal IEnumerable<string> Names => table is null ? [form] : table.Values;
}
