using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Checks claims before they are signed.</summary>
/// <param name="clock">Provides the time.</param>
internal sealed class SigningRules(TimeProvider clock)
{
    /// <summary>Throws if servers would reject the claims. Time is not checked: an expired entity may still be changed.</summary>
    /// <param name="what">The object to sign, for messages: its text, or what has that text.</param>
    /// <param name="claims">The claims.</param>
    public void RequireRules(object what, ClaimSet claims) => RequireNoErrors(what, ClaimValidator.Check(claims, clock.GetUtcNow()));

    /// <summary>Throws if times that are set now do not make sense now. Unchanged times may be in the past.</summary>
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

    /// <summary>Throws if the expiry is in the past.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>.</exception>
    public void RequireFuture(string what, DateTimeOffset? expires)
    {
        if (expires <= clock.GetUtcNow())
        {
            throw new NatsKeysException(ErrorCode.InvalidTime, $"The {what} would expire at {expires:u}, which is in the past. Nothing was signed.");
        }
    }

    /// <summary>Throws if the expiry is not later than the start of validity.</summary>
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
    /// Throws if no token can carry the claims, or if servers would reject them under the key that signs them. New claims that servers would only
    /// ignore are errors as well. Claims that were already signed are accepted, so that the rest of the entity can be changed.
    /// </summary>
    /// <param name="path">The entity.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="issuer">The key that will sign it.</param>
    /// <param name="parent">The parent entity; null for an operator.</param>
    /// <param name="before">The previously signed document; null for a new entity.</param>
    /// <returns>New problems that are no errors, but that the user should know.</returns>
    public IReadOnlyList<Finding> RequireSignable(EntityPath path, ClaimSet claims, string issuer, NatsEntity? parent, EntityDocument? before = null)
    {
        if (ClaimJson.HasBrokenText(claims))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"The {path} has text that is not valid Unicode, which a token cannot contain. Nothing was signed.");
        }

        var gate = new UseGate(clock.GetUtcNow(), path, parent);
        Findings rules = gate.CheckRules(claims);
        RequireNoErrors(path, rules.All);
        RequireSigner(path, claims, issuer, parent);
        if (claims is UserClaims user && parent is NatsAccount { Limits.DisallowBearer: true } above && IsBearer(user, above, issuer))
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken,
                $"The {path} would be a bearer user, but the {above.Path} disallows bearer tokens (trust.bearer). Nothing was signed.");
        }

        return gate.Require(claims, rules, issuer, before);
    }

    private static void RequireNoErrors(object what, IReadOnlyList<Finding> found)
    {
        if (found.Count == 0)
        {
            return;
        }

        Finding[] broken = [.. found.Where(finding => finding.Severity == FindingSeverity.Error)];
        if (broken.Length > 0)
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken, $"The {what} breaks rules that servers enforce: {Findings.Show(broken)}. Nothing was signed.");
        }
    }

    /// <summary>
    /// Throws if servers would reject the token because of its signer. The code that finds the key checks this before; this check covers everything
    /// that is signed.
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
