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

        string? role = (above as NatsAccount)?.ScopeOf(entity.Issuer)?.Role;
        return TextSanitizer.Clean(
            entity.Issuer == above.Subject ? $"identity key of {above.Name}"
            : !Lists(above, entity.Issuer) ? $"a key that {above.Name} does not list"
            : string.IsNullOrEmpty(role) ? $"signing key of {above.Name}"
            : $"role {role} of {above.Name}");
    }

    private static bool Lists(NatsEntity above, string key) =>
        above is NatsAccount account ? account.Claims.SigningKeys.Any(listed => listed.Key == key)
        : ((NatsOperator)above).Claims.SigningKeys.Contains(key);
}
