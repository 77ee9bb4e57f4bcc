using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>Checks the authorization callout of an account.</summary>
internal static class CalloutRules
{
    public static void Check(ExternalAuthorization authorization, Findings findings)
    {
        if (authorization.AllowedAccounts.Count > 0 && authorization.AuthUsers.Count == 0)
        {
            findings.Add(ValidationRules.AuthorizationAccountsWithoutUsers, "authorization.allowed_accounts");
        }

        foreach (string user in authorization.AuthUsers.Where(user => !PublicNkey.Is(user, NatsKeyType.User)))
        {
            findings.Add(ValidationRules.AuthorizationUserKey, "authorization.auth_users", $"'{user}' is not a user's public key.");
        }

        foreach (string account in authorization.AllowedAccounts)
        {
            if (account == "*")
            {
                if (authorization.AllowedAccounts.Count > 1)
                {
                    findings.Add(ValidationRules.AuthorizationAnyMixed, "authorization.allowed_accounts");
                }
            }
            else if (!PublicNkey.Is(account, NatsKeyType.Account))
            {
                findings.Add(
                    ValidationRules.AuthorizationAccountKey, "authorization.allowed_accounts", $"'{account}' is not an account's public key.");
            }
        }

        if (!string.IsNullOrEmpty(authorization.Xkey) && !PublicNkey.Is(authorization.Xkey, NatsKeyType.Curve))
        {
            findings.Add(ValidationRules.AuthorizationXkey, "authorization.xkey", $"'{authorization.Xkey}' is not a curve public key.");
        }
    }
}
