using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What must hold of claims before they are signed.</summary>
/// <param name="clock">Gives the time.</param>
internal sealed class SigningRules(TimeProvider clock)
{
    /// <summary>What servers would refuse is not signed. Time is no such rule: what has expired may still be changed.</summary>
    public void RequireRules(string what, ClaimSet claims) => RequireNoErrors(what, ClaimValidator.Check(claims, clock.GetUtcNow()));

    /// <summary>A time that is set now must make sense now. One that stands may have gone by.</summary>
    public void RequireTimes(EntityPath path, ClaimSet claims, long expires, long notBefore)
    {
        if (claims.Expires != expires)
        {
            RequireFuture(path.ToString(), UnixTime.ToDate(claims.Expires));
        }

        if (claims.Expires != expires || claims.NotBefore != notBefore)
        {
            RequireOrder(path.ToString(), UnixTime.ToDate(claims.Expires), UnixTime.ToDate(claims.NotBefore));
        }
    }

    /// <summary>Refuses an expiry that has gone by.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>.</exception>
    public void RequireFuture(string what, DateTimeOffset? expires)
    {
        if (expires <= clock.GetUtcNow())
        {
            throw new NatsKeysException(ErrorCode.InvalidTime, $"The {what} would expire at {expires:u}, which is in the past. Nothing was signed.");
        }
    }

    /// <summary>Refuses an expiry that comes before the time of validity begins.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>.</exception>
    public static void RequireOrder(string what, DateTimeOffset? expires, DateTimeOffset? notBefore)
    {
        if (expires <= notBefore)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidTime, $"The {what} would expire at {expires:u}, before it becomes valid at {notBefore:u}. Nothing was signed.");
        }
    }

    /// <summary>
    /// Refuses claims that no token can carry, or that servers would refuse under the key that signs them. What servers only pass over is refused
    /// where it is new: what was signed before stands, and the rest of the entity can be changed.
    /// </summary>
    /// <param name="path">The entity.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="issuer">The key that shall sign it.</param>
    /// <param name="parent">The entity above; null above an operator.</param>
    /// <param name="before">What was signed before; null for a new entity.</param>
    /// <returns>What people should know of what is signed, and did not know before.</returns>
    public IReadOnlyList<Finding> RequireSignable(EntityPath path, ClaimSet claims, string issuer, NatsEntity? parent, EntityDocument? before = null)
    {
        if (ClaimJson.HasBrokenText(claims))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"The {path} has text that is not valid Unicode, which a token cannot contain. Nothing was signed.");
        }

        var gate = new UseGate(clock.GetUtcNow(), path, parent);
        Findings rules = gate.CheckRules(claims);
        RequireNoErrors(path.ToString(), rules.All);
        RequireSigner(path, claims, issuer, parent);
        if (claims is UserClaims user && parent is NatsAccount { Limits.DisallowBearer: true } above && IsBearer(user, above, issuer))
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken,
                $"The {path} would be a bearer user, but the {above.Path} disallows bearer tokens (trust.bearer). Nothing was signed.");
        }

        return gate.Require(claims, rules, issuer, before);
    }

    private static void RequireNoErrors(string what, IReadOnlyList<Finding> found)
    {
        Finding[] broken = [.. found.Where(finding => finding.Severity == FindingSeverity.Error)];
        if (broken.Length > 0)
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken, $"The {what} breaks rules that servers enforce: {Findings.Show(broken)}. Nothing was signed.");
        }
    }

    /// <summary>
    /// Refuses a key by which servers would not accept the token. Who finds the key asks first; this is asked of everything that is signed.
    /// </summary>
    private static void RequireSigner(EntityPath path, ClaimSet claims, string issuer, NatsEntity? parent)
    {
        if (parent is NatsAccount { Subject: null })
        {
            throw new NatsKeysException(
                ErrorCode.EntityNotSigned, $"The {parent.Path} is not signed yet. Sign it before its children. Nothing was signed.");
        }

        SignerFault fault = parent switch
        {
            NatsOperator above => Signers.FaultOf(issuer, above.Claims),
            NatsAccount account => Signers.FaultOf(claims, issuer, account.Claims, account.TrustedKeys),
            _ => SignerFault.None,
        };
        if (fault != SignerFault.None)
        {
            string why = fault == SignerFault.Issuer
                ? $"it is not a key of the {parent!.Path}"
                : $"the token would not name the {parent!.Path} as its account";
            throw new NatsKeysException(ErrorCode.SigningKeyNotAllowed, $"Key {issuer} may not sign the {path}: {why}. Nothing was signed.");
        }
    }

    private static bool IsBearer(UserClaims claims, NatsAccount account, string issuer) =>
        (account.ScopeOf(issuer)?.Template ?? claims.Permissions).BearerToken;
}
