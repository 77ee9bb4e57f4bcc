namespace NatsKeys.Store;

/// <summary>Looks up the names that a store has for public keys.</summary>
internal static class KnownNames
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
}
