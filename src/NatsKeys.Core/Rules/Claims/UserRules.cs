using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Checks users.</summary>
internal static class UserRules
{
    public static void Check(UserClaims claims, Findings findings)
    {
        CheckPermissions(claims.Permissions, findings);
        IssuerAccountRules.Check(claims.IssuerAccount, findings);
    }

    public static void CheckPermissions(UserPermissions permissions, Findings findings)
    {
        PermissionRules.Check(permissions, "", findings);
        for (int index = 0; index < permissions.Src.Count; index++)
        {
            if (SourceNetwork.Parse(permissions.Src[index]) is null)
            {
                findings.Add(
                    ValidationRules.UserSource, $"src[{index}]", $"'{permissions.Src[index]}' is not a network in CIDR form, such as 192.0.2.0/24.");
            }
        }

        for (int index = 0; index < permissions.Times.Count; index++)
        {
            TimeRange range = permissions.Times[index];
            CheckTime(range.Start, $"times[{index}].start", ValidationRules.UserTimeStartMissing, ValidationRules.UserTimeStart, findings);
            CheckTime(range.End, $"times[{index}].end", ValidationRules.UserTimeEndMissing, ValidationRules.UserTimeEnd, findings);
        }

        if (!string.IsNullOrEmpty(permissions.TimesLocation) && TimeZones.Find(permissions.TimesLocation) is null)
        {
            findings.Add(
                ValidationRules.UserLocale, "times_location",
                $"The time zone '{permissions.TimesLocation}' is not known. Use an IANA name, such as Europe/Berlin.");
        }
    }

    private static void CheckTime(string? time, string claim, ValidationRule missing, ValidationRule wrong, Findings findings)
    {
        if (string.IsNullOrEmpty(time))
        {
            findings.Add(missing, claim);
        }
        else if (TimeOfDay.Parse(time) is null)
        {
            findings.Add(wrong, claim, $"'{time}' is not a time of day in the form HH:MM:SS, such as 08:00:00.");
        }
    }
}
