using System.Text;

namespace NatsKeys.Rules;

/// <summary>Checks the descriptions and information URLs of accounts and exports.</summary>
internal static class InfoRules
{
    private const int MaximumBytes = 8192;

    public static void Check(string? description, string? url, ClaimPath? path, Findings findings)
    {
        if (Encoding.UTF8.GetByteCount(description ?? "") > MaximumBytes)
        {
            findings.Add(ValidationRules.InfoDescriptionLength, path?.Of("description") ?? "description");
        }

        if (string.IsNullOrEmpty(url))
        {
            return;
        }

        if (Encoding.UTF8.GetByteCount(url) > MaximumBytes)
        {
            findings.Add(ValidationRules.InfoUrlLength, path?.Of("info_url") ?? "info_url");
        }
        else if (WebAddress.Parse(url) is not { Scheme.Length: > 0, Host.Length: > 0 })
        {
            findings.Add(ValidationRules.InfoUrl, path?.Of("info_url") ?? "info_url", $"'{url}' is not a URL with a scheme and a host.");
        }
    }
}
