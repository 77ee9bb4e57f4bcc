using System.Net;
using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Validation;

/// <summary>The rules of users.</summary>
internal static partial class UserRules
{
    public static void Check(UserClaims claims, Findings findings)
    {
        CheckPermissions(claims.Permissions, findings);
        CheckIssuerAccount(claims.IssuerAccount, findings);
    }

    public static void CheckPermissions(UserPermissions permissions, Findings findings)
    {
        PermissionRules.Check(permissions, "", findings);
        for (int index = 0; index < permissions.Src.Count; index++)
        {
            if (!IsNetwork(permissions.Src[index]))
            {
                findings.Add(ValidationRules.UserSource, $"src[{index}]", $"'{permissions.Src[index]}' is not a network in CIDR form, such as 192.0.2.0/24.");
            }
        }

        for (int index = 0; index < permissions.Times.Count; index++)
        {
            TimeRange range = permissions.Times[index];
            CheckTime(range.Start, $"times[{index}].start", ValidationRules.UserTimeStartMissing, ValidationRules.UserTimeStart, findings);
            CheckTime(range.End, $"times[{index}].end", ValidationRules.UserTimeEndMissing, ValidationRules.UserTimeEnd, findings);
        }

        if (!string.IsNullOrEmpty(permissions.TimesLocation) && !IsZone(permissions.TimesLocation))
        {
            findings.Add(ValidationRules.UserLocale, "times_location", $"The time zone '{permissions.TimesLocation}' is not known.");
        }
    }

    public static void CheckIssuerAccount(string? account, Findings findings)
    {
        if (!string.IsNullOrEmpty(account) && !PublicKey.Is(account, NatsKeyType.Account))
        {
            findings.Add(ValidationRules.IssuerAccount, "issuer_account", $"The issuer account '{account}' is not an account's public key.");
        }
    }

    /// <summary>The network of a text in CIDR form. Bits beyond the prefix may be set, which .NET's parser refuses.</summary>
    public static IPNetwork? ParseNetwork(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !CidrLength().IsMatch(text.AsSpan(slash + 1)) || !IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address) || text.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        byte[] bytes = address.GetAddressBytes();
        int length = int.Parse(text.AsSpan(slash + 1), System.Globalization.CultureInfo.InvariantCulture);
        bool dotted = text.AsSpan(0, slash).Count('.') == 3 || bytes.Length > 4;
        if (length > bytes.Length * 8 || !dotted)
        {
            return null;
        }

        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    /// <summary>The zone of a name; null when it is not known. Empty is UTC, as the reference takes it.</summary>
    public static TimeZoneInfo? FindZone(string name)
    {
        if (name == "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        bool tricky = name.Contains("..", StringComparison.Ordinal) || name.StartsWith('/') || name.StartsWith('\\');
        return name == "Local" ? TimeZoneInfo.Local : !tricky && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;
    }

    /// <summary>Whether a text is a time of the day.</summary>
    public static bool IsTimeOfDay(string? text) => text is not null && TimeOfDay().IsMatch(text);

    private static bool IsNetwork(string text) => ParseNetwork(text) is not null;

    private static bool IsZone(string name) => FindZone(name) is not null;

    private static void CheckTime(string? time, string claim, ValidationRule missing, ValidationRule wrong, Findings findings)
    {
        if (string.IsNullOrEmpty(time))
        {
            findings.Add(missing, claim);
        }
        else if (!IsTimeOfDay(time))
        {
            findings.Add(wrong, claim, $"'{time}' is not a time of the day, HH:MM:SS.");
        }
    }

    [GeneratedRegex(@"^([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.,][0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^[0-9]{1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CidrLength();
}
