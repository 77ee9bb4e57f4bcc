using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>Checks the requests and responses of an authorization callout.</summary>
internal static class AuthorizationRules
{
    public static void Check(AuthorizationRequestClaims claims, Findings findings)
    {
        if (string.IsNullOrEmpty(claims.UserNkey))
        {
            findings.Add(ValidationRules.RequestUserMissing, "user_nkey");
        }
        else if (!PublicNkey.Is(claims.UserNkey, NatsKeyType.User))
        {
            findings.Add(ValidationRules.RequestUserKey, "user_nkey", $"'{claims.UserNkey}' is not a user's public key.");
        }
    }

    public static void Check(AuthorizationResponseClaims claims, Findings findings)
    {
        if (!PublicNkey.Is(claims.Subject, NatsKeyType.User))
        {
            findings.Add(ValidationRules.ResponseSubject, "sub", $"'{claims.Subject}' is not a user's public key.");
        }

        if (!PublicNkey.Is(claims.Audience, NatsKeyType.Server))
        {
            findings.Add(ValidationRules.ResponseAudience, "aud", $"'{claims.Audience}' is not a server's public key.");
        }

        switch (string.IsNullOrEmpty(claims.Error), string.IsNullOrEmpty(claims.Jwt))
        {
            case (true, true):
                findings.Add(ValidationRules.ResponseEmpty, "jwt");
                break;
            case (false, false):
                findings.Add(ValidationRules.ResponseBoth, "jwt");
                break;
        }

        IssuerAccountRules.Check(claims.IssuerAccount, findings);
    }
}
