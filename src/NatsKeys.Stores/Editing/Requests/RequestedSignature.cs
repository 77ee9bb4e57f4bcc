using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Represents one entity to sign: the claims of its new token, and the key that signs it.</summary>
public sealed class RequestedSignature
{
    internal RequestedSignature(NatsEntity entity, VerifiedEntities verified)
    {
        // A token that the parent did not sign cannot be the basis of the changes. It is neither written to the file nor taken into the signed
        // document.
        Signed = verified.Find(entity)?.Document.ReadToken();
        Signed?.Claims.Freeze();
        ClaimSet claims = ClaimCopier.Copy(entity.Wanted);
        claims.IssuedAt = Signed?.Claims.IssuedAt ?? 0;
        Entity = entity.Store.Make(entity.Path, new EntityDocument(claims, Signed?.Token), entity.Above);
        Changes = new PrintableList<string>(Signed is null ? [] : ClaimDifference.Between(claims, Signed.Claims).Select(difference =>
            difference.Full));
    }

    /// <summary>The place of the entity.</summary>
    public EntityPath Path => Entity.Path;

    /// <summary>The public key that is requested to sign.</summary>
    public string SigningKey => Claims.Issuer!;

    /// <summary>
    /// Gets the claims of the new token. They and the tokens are not properties, because JSON would repeat all claims in depth.
    /// </summary>
    public ClaimSet GetClaims() => Claims;

    internal ClaimSet Claims => Entity.Wanted;

    /// <summary>Gets the entity's current token; null if it has none, or none that a trusted key of the parent signed.</summary>
    public NatsJwt? GetSigned() => Signed;

    internal NatsJwt? Signed { get; }

    /// <summary>
    /// The claims of the new token that differ from those of <see cref="GetSigned"/>; empty for an entity without a current token, all of whose
    /// claims are new.
    /// </summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>Gets the new token; null before it is signed.</summary>
    public NatsJwt? GetToken() => Token;

    internal NatsJwt? Token
    {
        get;
        set
        {
            value?.Claims.Freeze();
            field = value;
        }
    }

    /// <summary>When the new token was signed; null before that.</summary>
    public DateTimeOffset? SignedAt => Token?.IssuedAt;

    /// <summary>Everything that will be signed, in readable form. It is derived from the same claims that are signed.</summary>
    public string Text => TextSanitizer.Clean(string.Join('\n',
    [
        Signed is null
            ? $"The {Path} is new: the request has no token of it that was signed by "
                + $"{(Entity.Above is null ? "its own key" : $"a key of the {Entity.Above.Path}")}. Review all of it."
            : $"The {Path} changes. Differences from its token of {Signed.IssuedAt:u}, signed by {Signed.Issuer}:",
        .. Changes.Select(change => $"  {change}"),
        "All claims of the new token:",
        EntityFile.Write(new EntityDocument(Claims, Jwt: null)).TrimEnd(),
    ]));

    internal NatsEntity Entity { get; }

    /// <summary>Returns the place of the entity, the requested key, and when it signed.</summary>
    public override string ToString() =>
        $"{Path} by {SigningKey}, {(Token is null ? "not signed yet" : $"signed at {TimeParser.Show(SignedAt)}")}";
}
