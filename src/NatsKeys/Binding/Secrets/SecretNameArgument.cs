using System.Collections;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>The names of secrets in a vault: a text with <c>{0}</c> for the public key, or a table from public keys to names.</summary>
public sealed class SecretNameArgument
{
    private const string Placeholder = "{0}";
    private readonly Dictionary<string, string>? table;
    private readonly string form = Placeholder;
    private readonly NatsKeysException? fault;

    /// <summary>Creates the argument from a text. Without <c>{0}</c> it names one secret, whose seed may belong to any key.</summary>
    /// <param name="form">The text.</param>
    public SecretNameArgument(string form) => this.form = form;

    /// <summary>Creates the argument from a table. Only the keys in it are used.</summary>
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
            // The error is thrown later. If the constructor failed, PowerShell would use the text of the table.
            fault = error;
        }
    }

    /// <summary>Secrets with the names of their public keys.</summary>
    internal static SecretNameArgument PublicKey { get; } = new(Placeholder);

    /// <summary>The public keys of the table.</summary>
    internal IReadOnlyList<string> PublicKeys => table is null ? [] : [.. table.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether the name of a secret determines its public key.</summary>
    internal bool NamesKey => table is not null || form.Contains(Placeholder, StringComparison.Ordinal);

    /// <summary>The names, for messages.</summary>
    public override string ToString() => table is null ? $"'{form}'" : string.Join(", ", table.Values.Select(name => $"'{name}'"));

    /// <summary>The name of the secret for a public key; null if there is none.</summary>
    internal string? For(string publicKey) =>
        table is null ? form.Replace(Placeholder, publicKey, StringComparison.Ordinal) : table.GetValueOrDefault(publicKey);

    /// <summary>The names of all secrets, or the text with the placeholder.</summary>
    /// <exception cref="NatsKeysException">A key of the table is not a public key.</exception>
    internal IEnumerable<string> Names() => fault is not null ? throw fault : table is null ? [form] : table.Values;

    private static void Read(IDictionary table, Dictionary<string, string> names)
    {
        foreach (DictionaryEntry entry in table)
        {
            // The text of a key object is its public key.
            string publicKey = NatsKeyPair.FromPublicKey($"{entry.Key}").PublicKey;
            if (!names.TryAdd(publicKey, $"{entry.Value}"))
            {
                throw new NatsKeysException(ErrorCode.EntityAmbiguous, $"The table has the key {publicKey} twice.");
            }
        }
    }
}
