namespace NatsKeys.Store;

/// <summary>Describes whose key the issuer of an entity is.</summary>
internal static class SignerName
{
    private const string Itself = "itself";
    private const int Shown = 12;

    /// <summary>Describes whose key the issuer is, as far as the store knows.</summary>
    /// <param name="entity">The entity.</param>
    public static string Of(NatsEntity entity)
    {
        if (entity.Issuer is null)
        {
            return "not signed";
        }

        if (entity.Above is not { } above)
        {
            return entity.Issuer == entity.Subject ? Itself : "another key";
        }

        return Of(above, entity.Issuer);
    }

    /// <summary>Describes what a key is for the operator or account that signs with it.</summary>
    /// <param name="above">The operator or account.</param>
    /// <param name="issuer">The public key that signed.</param>
    public static string Of(NatsEntity above, string issuer)
    {
        string? role = (above as NatsAccount)?.ScopeOf(issuer)?.Role;
        return TextSanitizer.Clean(
            issuer == above.Subject ? $"identity key of {above.Name}"
            : !Lists(above, issuer) ? $"a key that {above.Name} does not list"
            : string.IsNullOrEmpty(role) ? $"signing key of {above.Name}"
            : $"role {role} of {above.Name}");
    }

    /// <summary>Names a signing key for messages: by its role and its first letters if it has a role, otherwise by the whole key.</summary>
    /// <param name="owner">The operator or account that lists it; null for none.</param>
    /// <param name="publicKey">The key.</param>
    /// <param name="kind">What stands before a key without a role.</param>
    public static string OfKey(NatsEntity? owner, string? publicKey, string kind = "") =>
        (owner as NatsAccount)?.ScopeOf(publicKey)?.Role is { Length: > 0 } role && publicKey!.Length > Shown
            ? TextSanitizer.Clean($"the role {role} ({Start(publicKey)})")
            : kind + publicKey;

    /// <summary>Names a key for what is shown before a change: as <see cref="OfKey"/> does, with its first letters alone.</summary>
    /// <param name="owner">The operator or account that lists it.</param>
    /// <param name="publicKey">The key.</param>
    public static string Briefly(NatsEntity owner, string publicKey) =>
        (owner as NatsAccount)?.ScopeOf(publicKey)?.Role is { Length: > 0 } ? OfKey(owner, publicKey) : $"the signing key {Start(publicKey)}";

    /// <summary>Names the key that signs, for what is shown before a change: by what it is for its owner, and by its first letters.</summary>
    /// <param name="owner">The operator or account whose key it is.</param>
    /// <param name="publicKey">The key.</param>
    public static string Signing(NatsEntity owner, string publicKey) =>
        $"{(Lists(owner, publicKey) || publicKey == owner.Subject ? "the " : "")}{Of(owner, publicKey)} ({Start(publicKey)})";

    /// <summary>The first letters of a key, by which people recognize it.</summary>
    /// <param name="publicKey">The key.</param>
    public static string Start(string publicKey) => publicKey.Length > Shown ? $"{publicKey[..Shown]}…" : publicKey;

    private static bool Lists(NatsEntity above, string key) =>
        above is NatsAccount account ? account.Claims.SigningKeys.Any(listed => listed.Key == key)
        : ((NatsOperator)above).Claims.SigningKeys.Contains(key);
}
