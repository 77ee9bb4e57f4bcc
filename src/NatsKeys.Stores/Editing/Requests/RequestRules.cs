using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Checks an entity before a signature is requested, and again before it is signed.</summary>
internal static class RequestRules
{
    /// <summary>Throws if the issuer in the claims may not sign the entity as it is.</summary>
    /// <param name="rules">The rules, with the clock.</param>
    /// <param name="entity">The entity with its requested claims.</param>
    /// <param name="signed">The claims of its current token; null if it has none.</param>
    /// <exception cref="NatsKeysException">The key is not listed, or the claims break a rule.</exception>
    public static void Require(SigningRules rules, NatsEntity entity, ClaimSet? signed)
    {
        string issuer = entity.Issuer!;
        RequireListed(entity, issuer);
        NatsEntity fitting = entity.Draft();
        UserScope.Fit(fitting, issuer);
        if (!ClaimJson.SameWish(fitting.Wanted, entity.Wanted))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidRequest, $"The request for the {entity.Path} has permissions or limits that are not possible with {issuer}.");
        }

        rules.RequireTimes(entity.Path, entity.Wanted, signed?.Expires ?? 0, signed?.NotBefore ?? 0);
        rules.RequireSignable(entity.Path, entity.Wanted, issuer, entity.Above, entity.Document);
    }

    /// <summary>Throws if the issuer is not one of the parent's keys.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.SigningKeyNotAllowed"/>.</exception>
    public static void RequireListed(NatsEntity entity, string issuer)
    {
        if (!entity.TrustedIssuers.Contains(issuer))
        {
            string why = entity.Path.Parent is { } above ? $"it is not a key of the {above}" : "an operator must sign itself with its own key";
            throw new NatsKeysException(ErrorCode.SigningKeyNotAllowed, $"Key {issuer} may not sign the {entity.Path}: {why}. Nothing was signed.");
        }
    }
}
