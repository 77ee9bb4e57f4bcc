using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Checks claims against the rules of their kind. It checks neither signatures nor trust.</summary>
public static class ClaimValidator
{
    /// <summary>Checks claims.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="now">The time to check for.</param>
    /// <returns>The findings; empty if there are none. The same rule may occur several times.</returns>
    public static IReadOnlyList<Finding> Check(ClaimSet claims, DateTimeOffset now)
    {
        var findings = new Findings();
        Check(claims, now, findings);
        return findings.All;
    }

    internal static void Check(ClaimSet claims, DateTimeOffset now, Findings findings)
    {
        CheckTime(claims, now, findings);
        switch (claims)
        {
            case OperatorClaims operatorClaims:
                OperatorRules.Check(operatorClaims, findings);
                break;
            case AccountClaims account:
                AccountRules.Check(account, findings);
                break;
            case UserClaims user:
                UserRules.Check(user, findings);
                break;
            case ActivationClaims activation:
                ActivationRules.Check(activation, findings);
                break;
            case AuthorizationRequestClaims request:
                AuthorizationRules.Check(request, findings);
                break;
            case AuthorizationResponseClaims response:
                AuthorizationRules.Check(response, findings);
                break;
        }
    }

    /// <summary>
    /// Checks the validity period. A token is still valid in the second of its expiry, although servers drop accounts one second earlier.
    /// </summary>
    private static void CheckTime(ClaimSet claims, DateTimeOffset now, Findings findings)
    {
        long second = now.ToUnixTimeSeconds();
        if (UnixTime.IsExpired(claims.Expires, second))
        {
            findings.Add(ValidationRules.Expired, "exp", $"{Named(claims)} expired at {UnixTime.ToDate(claims.Expires):u}.");
        }

        if (UnixTime.IsNotYet(claims.NotBefore, second))
        {
            findings.Add(ValidationRules.NotYet, "nbf", $"{Named(claims)} is not valid before {UnixTime.ToDate(claims.NotBefore):u}.");
        }
    }

    /// <summary>Describes the entity that a time belongs to. Checking a user may also report its account.</summary>
    private static string Named(ClaimSet claims) => claims switch
    {
        OperatorClaims => $"The operator '{claims.Name}'",
        AccountClaims => $"The account '{claims.Name}'",
        UserClaims => $"The user '{claims.Name}'",
        _ => $"'{claims.Name}'",
    };
}
