using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Whether servers allow a subject under some permissions, and which entry decides. The rules are those of the servers, also where they are looser
/// than their documentation: a differential test holds them against real ones.
/// </summary>
internal static class PermissionEvaluator
{
    /// <summary>The queue group that servers keep for themselves.</summary>
    private const string SystemQueue = "_sys_";

    /// <summary>Decides whether a message may be published on a subject.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="subject">The subject, without wildcards.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static PermissionVerdict Publish(Permissions permissions, string subject, ServerVersion? server = null)
    {
        if (!Subjects.IsWellFormed(subject))
        {
            return NoSubject(subject);
        }

        // Servers take a permission to answer for a list of allowed subjects that is empty.
        SubjectPermission pub = permissions.Pub;
        if (pub.Allow.Count == 0 && permissions.Resp is not null)
        {
            return new PermissionVerdict(false, "resp", "Publishing is restricted to replies.");
        }

        string[] asked = subject.Split('.');
        string? allowing = PublishEntry(pub.Allow, asked, server);
        if (allowing is null && (pub.Allow.Count > 0 || AllowsNothing(pub)))
        {
            return NotAllowed("pub", pub, subject);
        }

        string? denying = PublishEntry([.. pub.Deny.Select(entry => DeniedSubject(entry, server)).OfType<string>()], asked, server);
        return Verdict("pub", subject, allowing, denying);
    }

    /// <summary>Decides whether a subject may be subscribed to.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="subject">
    /// The subject; it may have wildcards. Servers take <c>&gt;</c> in it for a token like any other: <c>foo.*</c> allows <c>foo.&gt;</c>.
    /// </param>
    /// <param name="queue">The queue group; null for none.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static PermissionVerdict Subscribe(Permissions permissions, string subject, string? queue = null, ServerVersion? server = null)
    {
        if (!Subjects.IsWellFormed(subject))
        {
            return NoSubject(subject);
        }

        if (queue == SystemQueue)
        {
            return new PermissionVerdict(false, "queue", $"Servers reserve the queue group '{SystemQueue}' for themselves.");
        }

        string[] asked = subject.Split('.');
        SubjectPermission sub = permissions.Sub;
        string? allowing = null;
        if (sub.Allow.Count > 0)
        {
            // Entries of the queue go before those of all queues.
            (string? forAll, string? forQueue, bool hasQueues) = Matching(sub.Allow, asked, queue, server);
            allowing = hasQueues ? forQueue : forAll;
            if (allowing is null)
            {
                return NotAllowed("sub", sub, subject);
            }
        }

        (string? deniedForAll, string? deniedForQueue, bool hasDeniedQueues) = Matching(sub.Deny, asked, queue, server);
        bool replacesAll = hasDeniedQueues && server?.Has(ServerFeature.QueueDeniesAdd) == false;
        return Verdict("sub", subject, allowing, replacesAll ? deniedForQueue : deniedForAll ?? deniedForQueue);
    }

    /// <summary>Whether there is any restriction. An empty list alone is none.</summary>
    internal static bool HasAny(Permissions permissions) =>
        permissions.Resp is not null
        || permissions.Pub.Allow.Count + permissions.Pub.Deny.Count + permissions.Sub.Allow.Count + permissions.Sub.Deny.Count > 0;

    /// <summary>Whether an allow list lets more be subscribed to than it says: servers let <c>*</c> at its end stand for <c>&gt;</c>, too.</summary>
    internal static bool IsLooser(string pattern, string subject) => !Subjects.Covers(pattern, subject);

    /// <summary>A list that is stated and empty allows nothing, where anything is denied beside it. Of subscriptions servers pass it over.</summary>
    private static bool AllowsNothing(SubjectPermission permission) => permission.Deny.Count > 0 && permission.Allow.IsStatedEmpty;

    /// <summary>
    /// The entries that match a subject, and whether any of them is for a queue. Entries for a queue mean nothing to a subscription without one.
    /// </summary>
    private static (string? ForAll, string? ForQueue, bool HasQueues) Matching(
        IReadOnlyList<string> entries, string[] asked, string? queue, ServerVersion? server)
    {
        string? forAll = null;
        string? forQueue = null;
        bool hasQueues = false;
        foreach (string entry in entries)
        {
            // Any white space may be between a subject and its queue.
            string[] parts = entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length is 0 or > 2 || !Subjects.IsWellFormed(parts[0]) || !Matches(parts[0], asked))
            {
                continue;
            }

            if (parts.Length == 1)
            {
                forAll ??= entry;
            }
            else if (queue is not null && (server?.Has(ServerFeature.CheckedPermissions) == false || Subjects.IsWellFormed(parts[1])))
            {
                hasQueues = true;
                forQueue ??= MatchesQueue(parts[1], queue) ? entry : null;
            }
        }

        return (forAll, forQueue, hasQueues);
    }

    /// <summary>The entry of a list that matches a subject to publish on.</summary>
    private static string? PublishEntry(IReadOnlyList<string> entries, string[] asked, ServerVersion? server) =>
        server is { } version && version.Has(ServerFeature.PublishIndex) && !version.Has(ServerFeature.CheckedPermissions)
            ? new PublishInterest(entries, hides: !version.Has(ServerFeature.WholePublishIndex)).Find(asked)
            : entries.FirstOrDefault(entry => Subjects.IsWellFormed(entry) && Matches(entry, asked));

    /// <summary>The subject that an entry denies to publish on; null where servers pass over the entry.</summary>
    private static string? DeniedSubject(string entry, ServerVersion? server)
    {
        if (server?.Has(ServerFeature.CheckedPermissions) == false || Subjects.IsWellFormed(entry))
        {
            return entry;
        }

        // A queue means nothing here. Newer servers leave it out; to older ones it is a part of the last token, which no message has.
        string[] parts = entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        bool isSubjectWithQueue = parts.Length is 1 or 2 && parts.All(Subjects.IsWellFormed);
        return isSubjectWithQueue ? parts[0] : null;
    }

    /// <summary>Servers look a subject up as if its own wildcards were text.</summary>
    private static bool Matches(string pattern, string[] asked) => Subjects.IsContainedAsInReference(asked, pattern.Split('.'));

    /// <summary>Whether an entry is for a queue. Its wildcards count where it has whole tokens of them.</summary>
    private static bool MatchesQueue(string pattern, string queue)
    {
        if (pattern == queue || !Subjects.HasWildcardToken(pattern))
        {
            return pattern == queue;
        }

        string[] tokens = queue.Split('.');
        string[] wanted = pattern.Split('.');
        for (int index = 0; index < wanted.Length; index++)
        {
            if (index >= tokens.Length || wanted[index].Length == 0)
            {
                return false;
            }

            if (wanted[index] == ">")
            {
                return true;
            }

            bool isCovered = tokens[index].Length > 0 && tokens[index] != ">" && (wanted[index] == "*" || wanted[index] == tokens[index]);
            if (!isCovered || (tokens[index] == "*" && wanted[index] != "*"))
            {
                return false;
            }
        }

        return tokens.Length == wanted.Length;
    }

    private static PermissionVerdict NoSubject(string subject) => new(false, "subject", $"'{subject}' is not a subject.");

    private static PermissionVerdict NotAllowed(string side, SubjectPermission permission, string subject) =>
        new(
            false,
            $"{side}.allow",
            permission.Allow.Count > 0 ? $"No allowed subject covers '{subject}'." : "The list of allowed subjects is empty: nothing is allowed.");

    private static PermissionVerdict Verdict(string side, string subject, string? allowing, string? denying) => (allowing, denying) switch
    {
        (_, not null) => new PermissionVerdict(false, $"{side}.deny", $"'{denying}' denies it."),
        (null, _) => new PermissionVerdict(true, $"{side}.allow", "Nothing restricts it."),
        _ when IsLooser(allowing.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], subject) =>
            new PermissionVerdict(true, $"{side}.allow", $"Servers take '{allowing}' to allow it, and deliver everything that '{subject}' matches."),
        _ => new PermissionVerdict(true, $"{side}.allow", $"'{allowing}' allows it."),
    };
}
