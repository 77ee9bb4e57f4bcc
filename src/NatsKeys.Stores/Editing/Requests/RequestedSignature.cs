using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>One entity to sign: the claims of its new token, and the key that signs it.</summary>
public sealed class RequestedSignature
{
    internal RequestedSignature(NatsEntity entity, VerifiedEntities verified)
    {
        // A token that nothing above signed is no measure of what changes: it goes neither into the file nor into what is signed.
        Signed = verified.Find(entity)?.Document.ReadToken();
        Signed?.Claims.Freeze();
        var claims = (ClaimSet)entity.Wanted.Copy();
        claims.IssuedAt = Signed?.Claims.IssuedAt ?? 0;
        Entity = entity.Store.Make(entity.Path, new EntityDocument(claims, Signed?.Token), entity.Above);
        Changes = new PrintableList<string>(Signed is null ? [] : ClaimDifference.Between(claims, Signed.Claims).Select(difference =>
            difference.Full));
    }

    /// <summary>The place of the entity.</summary>
    public EntityPath Path => Entity.Path;

    /// <summary>The public key that shall sign.</summary>
    public string SigningKey => Claims.Issuer!;

    /// <summary>The claims of the token.</summary>
    public ClaimSet Claims => Entity.Wanted;

    /// <summary>The token that the entity has; null where it has none that a key signed by which what stands above signs.</summary>
    public NatsJwt? Signed { get; }

    /// <summary>
    /// Each claim that the token shall state otherwise than <see cref="Signed"/>; none for an entity without it, all of which is new.
    /// </summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>The new token; null before it is signed.</summary>
    public NatsJwt? Token
    {
        get;
        internal set
        {
            value?.Claims.Freeze();
            field = value;
        }
    }

    /// <summary>When the new token was signed; null before that.</summary>
    public DateTimeOffset? SignedAt => Token?.IssuedAt;

    /// <summary>All that is to be signed, in readable form. It is made from the very claims that are signed.</summary>
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

    /// <summary>The place of the entity, the key that shall sign, and when it did.</summary>
    public override string ToString() =>
        $"{Path} by {SigningKey}, {(Token is null ? "not signed yet" : $"signed at {TimeParser.Show(SignedAt)}")}";
}
