using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>The texts of who signed and who shall, in the default views.</summary>
public static class ViewSigners
{
    /// <summary>Whose key the issuer is, as far as the store knows.</summary>
    /// <param name="source">An entity or a token.</param>
    public static string SignedBy(object source) => source switch
    {
        NatsEntity { Issuer: null } => "nobody yet",
        NatsEntity entity => Whose(entity),
        NatsJwt jwt => jwt.Issuer == jwt.Subject ? "itself" : jwt.IssuerAccount is null ? "another key" : "a signing key of its account",
        _ => "",
    };

    /// <summary>What a signing request asks for, one a line.</summary>
    /// <param name="signatures">The signatures that it asks for.</param>
    public static string Signatures(IEnumerable<RequestedSignature> signatures) => ViewText.Lines(signatures.Select(signature =>
        $"{signature.Path} by {signature.SigningKey}, "
            + $"{(signature.Token is { } token ? $"signed at {ViewText.Date(token.IssuedAt)}" : "not signed yet")}"));

    private static string Whose(NatsEntity entity)
    {
        if (entity.Path.Parent is null)
        {
            return entity.Issuer == entity.Subject ? "itself" : "another key";
        }

        NatsEntity? parent = entity.Store.Find(entity.Path.Parent);
        if (entity.Issuer == parent?.Subject)
        {
            return $"identity key of {parent!.Path}";
        }

        if (entity.State == EntityState.Untrusted)
        {
            return $"a key that {entity.Path.Parent} does not list";
        }

        string? role = (parent as NatsAccount)?.Claims.SigningKeys.FirstOrDefault(key => key.Key == entity.Issuer)?.Role;
        return string.IsNullOrEmpty(role) ? $"signing key of {entity.Path.Parent}" : $"signing key of {entity.Path.Parent}, role '{role}'";
    }
}
