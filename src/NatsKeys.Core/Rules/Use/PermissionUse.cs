using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Finds permissions that servers do not interpret as intended.</summary>
internal static class PermissionUse
{
    /// <summary>Checks the permissions of a user, or the default permissions of an account.</summary>
    /// <param name="permissions">The permissions.</param>
    /// <param name="place">Their place; null for the permissions of a user.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Check(Permissions permissions, ClaimPath? place, Findings findings)
    {
        foreach ((string member, ClaimList<string> entries) in Lists(permissions))
        {
            for (int index = 0; index < entries.Count; index++)
            {
                string entry = entries[index];
                ClaimPath claim = Place(place, member, index);
                CheckEntry(entry, claim, findings);
                if (entry.Contains("{{", StringComparison.Ordinal) && TemplateExpander.HasPlaceholder(entry))
                {
                    findings.Add(
                        ValidationRules.PermissionPlaceholder,
                        claim,
                        $"'{Excerpt.Of(entry)}' has a placeholder. Servers expand placeholders only in roles; here it is plain text.");
                }
            }
        }

        CheckDenies(permissions, place, "", findings);
    }

    /// <summary>Checks whether servers enforce the denies.</summary>
    /// <param name="permissions">The permissions; for a role, its template with placeholders as literal tokens.</param>
    /// <param name="place">Their place; null for the permissions of a user.</param>
    /// <param name="whose">The owner of the permissions, for the beginning of the message.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void CheckDenies(Permissions permissions, ClaimPath? place, string whose, Findings findings)
    {
        if (permissions.Sub.Deny.Count == 0)
        {
            return;
        }

        // Versions that interpret denies in the same way are checked once.
        var leaking = findings.Servers.Having(ServerFeature.CheckedPermissions, has: false)
            .GroupBy(server => server.Has(ServerFeature.QueueDeniesAdd))
            .Select(alike => (Servers: alike.ToArray(), Found: LeakingDenies.Find(permissions, alike.First())))
            .Where(alike => alike.Found is not null)
            .ToArray();
        if (leaking is [{ Found: { } found }, ..])
        {
            findings.AddFor(
                ValidationRules.LeakingDeny,
                place?.Of("sub.deny") ?? new ClaimPath("sub.deny"),
                $"{whose}'{Excerpt.Of(found.Deny)}' is denied, but these servers deliver some of it to a subscription of "
                    + $"'{Excerpt.Of(found.Subscription)}'.",
                [.. leaking.SelectMany(alike => alike.Servers)],
                ServerFeature.CheckedPermissions);
        }
    }

    /// <summary>Checks one entry: a subject, optionally followed by a queue.</summary>
    public static void CheckEntry(string entry, ClaimPath claim, Findings findings)
    {
        int space = entry.IndexOf(' ', StringComparison.Ordinal);
        bool isInPlaceholder = space > 0
            && entry.LastIndexOf("{{", space, StringComparison.Ordinal) is >= 0 and int start
            && entry.IndexOf("}}", start, StringComparison.Ordinal) > space;
        bool hasQueue = space >= 0 && !isInPlaceholder;
        TextRules.CheckSubject(hasQueue ? entry[..space] : entry, claim, findings);
        if (hasQueue)
        {
            TextRules.CheckSubject(entry[(space + 1)..], claim, findings, "queue");
        }
    }

    /// <summary>Gets the four lists, with their names.</summary>
    public static (string Member, ClaimList<string> Entries)[] Lists(Permissions permissions) =>
        [("pub.allow", permissions.Pub.Allow),
            ("pub.deny", permissions.Pub.Deny), ("sub.allow", permissions.Sub.Allow), ("sub.deny", permissions.Sub.Deny)];

    private static ClaimPath Place(ClaimPath? place, string member, int index) =>
        place is { } list ? new ClaimPath($"{list}.{member}", index) : new ClaimPath(member, index);
}
