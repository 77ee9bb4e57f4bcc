using System.Text.RegularExpressions;

namespace NatsKeys.Store;

/// <summary>Looks up the names that a store has for public keys.</summary>
internal static partial class KnownNames
{
    /// <summary>Gets the name of the account with a public key, or the key itself if the store does not have the account or cannot read it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The operator of the account.</param>
    /// <param name="publicKey">The public key; null or empty for none.</param>
    public static string? OfAccount(NatsStore store, string operatorName, string? publicKey) => string.IsNullOrEmpty(publicKey)
        ? null
        : store.FindAccountPath(operatorName, publicKey)?.Name ?? publicKey;

    /// <summary>Gets the names of an account's users by their public keys, without users whose files cannot be read.</summary>
    /// <param name="account">The account.</param>
    public static IReadOnlyDictionary<string, string> OfUsers(NatsAccount account)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in account.Store.Names(account.Path))
        {
            if (account.Store.FindReadable(account.Path.Child(name))?.Subject is { } subject)
            {
                names[subject] = name;
            }
        }

        return names;
    }

    /// <summary>Replaces the public keys of accounts and users in a text with their names. Keys without a known name stay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="entity">The entity that it is about.</param>
    public static string In(string text, NatsEntity entity) => PublicKey().Replace(text, match => Of(match.Value, entity));

    /// <summary>Gets the name of an account of the entity's operator, or of a user of the account; the key itself if it has no known name.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="entity">The entity in which the key stands.</param>
    public static string Of(string key, NatsEntity entity) => key.StartsWith('A')
        ? OfAccount(entity.Store, entity.Path.Operator, key)!
        : entity is NatsAccount account ? account.UserNames.GetValueOrDefault(key, key)
        : key;

    [GeneratedRegex(@"\b[AU][A-Z2-7]{55}\b", RegexOptions.CultureInvariant)]
    private static partial Regex PublicKey();
}
