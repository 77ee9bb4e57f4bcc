using NatsKeys.Claims;
using NatsKeys.Validation;

namespace NatsKeys.Trust;

/// <summary>Whether permissions allow a subject, and which entry decides.</summary>
public static class PermissionEvaluator
{
    /// <summary>Whether a message may be published on a subject.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="subject">The subject, without wildcards.</param>
    public static PermissionVerdict Publish(Permissions permissions, string subject)
    {
        if (permissions.Pub.Allow.Count == 0 && permissions.Resp is not null)
        {
            return new PermissionVerdict(false, "resp", "Publishing is restricted to answers.");
        }

        return Decide(permissions.Pub, "pub", subject, queue: null);
    }

    /// <summary>Whether a subject may be subscribed to.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="subject">The subject; wildcards are allowed, and must be covered as a whole.</param>
    /// <param name="queue">The queue group; null for none.</param>
    public static PermissionVerdict Subscribe(Permissions permissions, string subject, string? queue = null) => Decide(permissions.Sub, "sub", subject, queue);

    /// <summary>Whether there is any restriction.</summary>
    internal static bool HasAny(Permissions permissions) =>
        permissions.Resp is not null
        || permissions.Pub.Allow.Count + permissions.Pub.Deny.Count + permissions.Sub.Allow.Count + permissions.Sub.Deny.Count > 0;

    private static PermissionVerdict Decide(SubjectPermission permission, string side, string subject, string? queue)
    {
        if (!Subjects.IsWellFormed(subject))
        {
            return new PermissionVerdict(false, "subject", $"'{subject}' is not a subject.");
        }

        string? allowing = Matching(permission.Allow, subject, queue);
        if (permission.Allow.Count > 0 && allowing is null)
        {
            return new PermissionVerdict(false, $"{side}.allow", $"No allowed subject covers '{subject}'.");
        }

        string? denying = Matching(permission.Deny, subject, queue);
        if (denying is not null)
        {
            return new PermissionVerdict(false, $"{side}.deny", $"'{denying}' denies it.");
        }

        return allowing is null
            ? new PermissionVerdict(true, $"{side}.allow", "Nothing restricts it.")
            : new PermissionVerdict(true, $"{side}.allow", $"'{allowing}' allows it.");
    }

    /// <summary>
    /// The entry that decides: entries with a queue hold for that queue alone and go before those without.
    /// </summary>
    private static string? Matching(ClaimList<string> entries, string subject, string? queue)
    {
        (string Entry, string? Queue)[] covering = [.. entries
            .Select(entry => (Entry: entry, Parts: entry.Split(' ')))
            .Where(entry => Covers(entry.Parts[0], subject))
            .Select(entry => (entry.Entry, entry.Parts.Length > 1 ? entry.Parts[1] : null))];
        (string Entry, string? Queue)[] withQueue = [.. covering.Where(entry => entry.Queue is not null)];
        return queue is not null && withQueue.Length > 0
            ? withQueue.FirstOrDefault(entry => Covers(entry.Queue!, queue)).Entry
            : covering.FirstOrDefault(entry => entry.Queue is null).Entry;
    }

    /// <summary>Servers leave out a pattern that goes on behind <c>&gt;</c>.</summary>
    private static bool Covers(string pattern, string subject) => Subjects.IsWellFormed(pattern) && Subjects.Covers(pattern, subject);
}
