using System.Globalization;
using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>Checks operators.</summary>
internal static class OperatorRules
{
    private const int VersionParts = 3;
    private static readonly string[] ServiceSchemes = ["NATS", "TLS", "WS", "WSS"];

    public static void Check(OperatorClaims claims, Findings findings)
    {
        if (!string.IsNullOrEmpty(claims.AccountServerUrl) && WebAddress.Parse(claims.AccountServerUrl) is not { Scheme.Length: > 0 })
        {
            findings.Add(
                ValidationRules.OperatorAccountServerUrl,
                "account_server_url",
                $"The account server '{claims.AccountServerUrl}' is not a URL with a scheme.");
        }

        for (int index = 0; index < claims.OperatorServiceUrls.Count; index++)
        {
            string url = claims.OperatorServiceUrls[index];
            bool good = url.Length == 0
                || (WebAddress.Parse(url) is { User: "", Path: "" } address && ServiceSchemes.Contains(address.Scheme));
            if (!good)
            {
                findings.Add(
                    ValidationRules.OperatorServiceUrl,
                    $"operator_service_urls[{index}]",
                    $"The service URL '{url}' must have the scheme nats, tls, ws or wss, no user and no path.");
            }
        }

        for (int index = 0; index < claims.SigningKeys.Count; index++)
        {
            if (!PublicNkey.Is(claims.SigningKeys[index], NatsKeyType.Operator))
            {
                findings.Add(
                    ValidationRules.OperatorSigningKey,
                    $"signing_keys[{index}]",
                    $"The signing key '{claims.SigningKeys[index]}' is not an operator's public key.");
            }
        }

        if (!string.IsNullOrEmpty(claims.SystemAccount) && !PublicNkey.Is(claims.SystemAccount, NatsKeyType.Account))
        {
            findings.Add(
                ValidationRules.KeyAccount, "system_account", $"The system account '{claims.SystemAccount}' is not an account's public key.");
        }

        if (!string.IsNullOrEmpty(claims.AssertServerVersion) && !IsVersion(claims.AssertServerVersion))
        {
            findings.Add(
                ValidationRules.OperatorVersion,
                "assert_server_version",
                $"The server version '{claims.AssertServerVersion}' is not three numbers with dots.");
        }
    }

    private static bool IsVersion(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == VersionParts
            && parts.All(part => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= 0);
    }
}
