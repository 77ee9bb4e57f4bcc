using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Checks permissions.</summary>
internal static class PermissionRules
{
    public static void Check(Permissions permissions, string prefix, Findings findings)
    {
        Check(permissions.Sub.Allow, prefix + "sub.allow", queueAllowed: true, findings);
        Check(permissions.Sub.Deny, prefix + "sub.deny", queueAllowed: true, findings);
        Check(permissions.Pub.Allow, prefix + "pub.allow", queueAllowed: false, findings);
        Check(permissions.Pub.Deny, prefix + "pub.deny", queueAllowed: false, findings);
    }

    private static void Check(ClaimList<string> entries, string claim, bool queueAllowed, Findings findings)
    {
        for (int index = 0; index < entries.Count; index++)
        {
            var here = new ClaimPath(claim, index);
            if (!entries[index].Contains(' ', StringComparison.Ordinal))
            {
                Subjects.Check(entries[index], here, findings);
                continue;
            }

            string[] parts = entries[index].Split(' ');
            switch (parts.Length)
            {
                case 2:
                    Subjects.Check(parts[0], here, findings);
                    Subjects.Check(parts[1], here, findings);
                    if (!queueAllowed)
                    {
                        findings.Add(
                            ValidationRules.PermissionQueue, here, $"'{entries[index]}' names a queue. A publish permission cannot have a queue.");
                    }

                    break;
                default:
                    findings.Add(ValidationRules.PermissionSpaces, here, $"'{entries[index]}' has more than one space.");
                    break;
            }
        }
    }
}
