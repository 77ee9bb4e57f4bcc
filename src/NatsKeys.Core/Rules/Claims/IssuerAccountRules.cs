using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>Checks the issuer account, for which a signing key signs.</summary>
internal static class IssuerAccountRules
{
    public static void Check(string? account, Findings findings)
    {
        if (!string.IsNullOrEmpty(account) && !PublicNkey.Is(account, NatsKeyType.Account))
        {
            findings.Add(ValidationRules.IssuerAccount, "issuer_account", $"The issuer account '{account}' is not an account's public key.");
        }
    }
}
