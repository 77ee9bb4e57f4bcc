using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The entities of a request with the claims of their tokens, if trusted keys signed these tokens. The writer of the request chose the tokens, so a
/// token that no key of the parent signed is ignored.
/// </summary>
internal sealed class VerifiedEntities
{
    // Cached, because many users of a request have the same account.
    private readonly Dictionary<NatsEntity, NatsEntity?> known = [];

    /// <summary>
    /// Finds an entity with the claims of its token. Null if it has no token, or if the token is not signed by a key that its parent lists both in
    /// the parent's own verified token and in the request.
    /// </summary>
    /// <param name="entity">An entity of a request.</param>
    public NatsEntity? Find(NatsEntity entity)
    {
        if (!known.TryGetValue(entity, out NatsEntity? found))
        {
            found = entity.Document.TryReadToken() is { } token
                && (entity.Above is null || Find(entity.Above) is not null)
                && IsSignedBelow(entity.Above, entity, token)
                ? Make(entity, token, entity.Above is { } upper ? Find(upper) : null)
                : null;
            known.Add(entity, found);
        }

        return found;
    }

    /// <summary>
    /// Creates an entity with the claims of a token, below a verified parent; null if no key that the parent lists signed the token.
    /// </summary>
    /// <param name="entity">An entity of a request.</param>
    /// <param name="token">A token whose signature was checked.</param>
    /// <param name="above">The parent; null for an operator.</param>
    public static NatsEntity? Make(NatsEntity entity, NatsJwt token, NatsEntity? above) => IsSignedBelow(above, entity, token)
        ? entity.Store.Make(entity.Path, new EntityDocument(token.Claims, token.Token), above)
        : null;

    private static bool IsSignedBelow(NatsEntity? above, NatsEntity entity, NatsJwt token) =>
        token.Subject == entity.Subject
        && token.Kind == entity.Path.Kind.ToClaimKind()
        && entity.Store.Make(entity.Path, entity.Document, above).FaultOf(token.Claims, token.Issuer) == SignerFault.None;
}
