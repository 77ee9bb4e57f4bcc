namespace NatsKeys.Store;

/// <summary>The names that a store knows for public keys.</summary>
internal static class KnownNames
{
    /// <summary>The name of the account that has a public key; the key itself where the store does not have it, or it cannot be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The operator of the account.</param>
    /// <param name="publicKey">The public key; null or empty for none.</param>
    public static string? OfAccount(NatsStore store, string operatorName, string? publicKey) => string.IsNullOrEmpty(publicKey)
        ? null
        : store.FindAccountPath(operatorName, publicKey)?.Name ?? publicKey;

    /// <summary>The names of the users of an account by their public keys, but for those whose files cannot be read.</summary>
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
