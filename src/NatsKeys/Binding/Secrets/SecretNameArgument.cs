using System.Collections;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>
/// How the secrets of a vault are named: a text in which <c>{0}</c> stands for the public key, or a table of public keys and their secrets.
/// </summary>
public sealed class SecretNameArgument
{
    private const string Placeholder = "{0}";
    private readonly Dictionary<string, string>? table;
    private readonly string form = Placeholder;
    private readonly NatsKeysException? fault;

    /// <summary>Takes a text. One without <c>{0}</c> names one secret, the seed of which may be any key's.</summary>
    /// <param name="form">The text.</param>
    public SecretNameArgument(string form) => this.form = form;

    /// <summary>Takes a table. Other keys than those in it are not looked for.</summary>
    /// <param name="table">The table, from public keys to names of secrets.</param>
    public SecretNameArgument(IDictionary table)
    {
        this.table = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            Read(table, this.table);
        }
        catch (NatsKeysException error)
        {
            // The engine would take a table that makes no argument for its text. So it is told later.
            fault = error;
        }
    }

    /// <summary>Secrets that have the names of their public keys.</summary>
    internal static SecretNameArgument PublicKey { get; } = new(Placeholder);

    /// <summary>The public keys of the table.</summary>
    internal IReadOnlyList<string> PublicKeys => table is null ? [] : [.. table.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether the name of a secret says whose seed it holds.</summary>
    internal bool NamesKey => table is not null || form.Contains(Placeholder, StringComparison.Ordinal);

    /// <summary>The secrets, for people.</summary>
    public override string ToString() => table is null ? $"'{form}'" : string.Join(", ", table.Values.Select(name => $"'{name}'"));

    /// <summary>The name of the secret that has the seed of a public key; null where there is none.</summary>
    internal string? For(string publicKey) =>
        table is null ? form.Replace(Placeholder, publicKey, StringComparison.Ordinal) : table.GetValueOrDefault(publicKey);

    /// <summary>Every name of a secret, or the form of them all.</summary>
    /// <exception cref="NatsKeysException">What was given as a table of public keys is none.</exception>
    internal IEnumerable<string> Names() => fault is not null ? throw fault : table is null ? [form] : table.Values;

    private static void Read(IDictionary table, Dictionary<string, string> names)
    {
        foreach (DictionaryEntry entry in table)
        {
            // An object that stands for its key has the public half as its text.
            string publicKey = NatsKeyPair.FromPublicKey($"{entry.Key}").PublicKey;
            if (!names.TryAdd(publicKey, $"{entry.Value}"))
            {
                throw new NatsKeysException(ErrorCode.EntityAmbiguous, $"The table has the key {publicKey} twice.");
            }
        }
    }
}
