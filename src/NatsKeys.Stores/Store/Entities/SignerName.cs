namespace NatsKeys.Store;

/// <summary>Describes whose key the issuer of an entity is.</summary>
internal static class SignerName
{
    private const string Itself = "itself";

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
    public static string OfKey(NatsEntity? owner, string? publicKey, string kind = "")
    {
        const int shown = 12;
        return (owner as NatsAccount)?.ScopeOf(publicKey)?.Role is { Length: > 0 } role && publicKey!.Length > shown
            ? TextSanitizer.Clean($"the role {role} ({publicKey[..shown]}…)")
            : kind + publicKey;
    }

    private static bool Lists(NatsEntity above, string key) =>
        above is NatsAccount account ? account.Claims.SigningKeys.Any(listed => listed.Key == key)
        : ((NatsOperator)above).Claims.SigningKeys.Contains(key);
}
