using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The entities of a request as their tokens have them, as far as keys vouch for these tokens. Whoever wrote the request chose them: one that nothing
/// above signed says nothing.
/// </summary>
internal sealed class VerifiedEntities
{
    // Many users of one account ask for the same account.
    private readonly Dictionary<NatsEntity, NatsEntity?> known = [];

    /// <summary>
    /// An entity as its token has it; null where it has none, and where no key signed the token by which all above it sign, now and as they shall be.
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

    /// <summary>An entity as a token has it, below one that was verified; null where no key signed the token by which that one signs.</summary>
    /// <param name="entity">An entity of a request.</param>
    /// <param name="token">A token whose signature was checked.</param>
    /// <param name="above">What stands above it; null above an operator.</param>
    public static NatsEntity? Make(NatsEntity entity, NatsJwt token, NatsEntity? above) => IsSignedBelow(above, entity, token)
        ? entity.Store.Make(entity.Path, new EntityDocument(token.Claims, token.Token), above)
        : null;

    private static bool IsSignedBelow(NatsEntity? above, NatsEntity entity, NatsJwt token) =>
        token.Subject == entity.Subject
        && token.Kind == entity.Path.Kind.ToClaimKind()
        && entity.Store.Make(entity.Path, entity.Document, above).FaultOf(token.Claims, token.Issuer) == SignerFault.None;
}
