using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Decides whether servers allow a subject under given permissions, and which entry decides. The rules are those of the servers, even where they are
/// looser than their documentation: a differential test compares them with real servers.
/// </summary>
internal static class PermissionEvaluator
{
    /// <summary>The queue group that servers reserve.</summary>
    private const string SystemQueue = "_sys_";

    /// <summary>Decides whether a client may publish to a subject.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="subject">The subject, without wildcards.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static PermissionVerdict Publish(Permissions permissions, string subject, ServerVersion? server = null)
    {
        if (!Subjects.IsWellFormed(subject))
        {
            return NoSubject(subject);
        }

        SubjectPermission pub = permissions.Pub;
        if (IsForReplies(permissions))
        {
            return new PermissionVerdict(false, "resp", "Publishing is restricted to replies.");
        }

        string[] asked = subject.Split('.');
        string? allowing = PublishEntry(pub.Allow, asked, server);
        if (allowing is null && (pub.Allow.Count > 0 || AllowsNothing(pub)))
        {
            return NotAllowed("pub", pub, subject);
        }

        string? denying = PublishEntry(DeniedSubjects(pub, server), asked, server);
        return Verdict("pub", subject, allowing, denying);
    }

    /// <summary>Decides whether a client may subscribe to a subject.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="subject">
    /// The subject; it may have wildcards. Servers treat <c>&gt;</c> in it like a literal token: <c>foo.*</c> allows <c>foo.&gt;</c>.
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
            // Entries for the queue take precedence over those for all.
            (string? forAll, string? forQueue, bool hasQueues) = Matching(sub.Allow, asked, queue, server);
            allowing = hasQueues ? forQueue : forAll;
            if (allowing is null)
            {
                return NotAllowed("sub", sub, subject);
            }
        }

        (string? deniedForAll, string? deniedForQueue, bool hasDeniedQueues) = Matching(sub.Deny, asked, queue, server);
        return Verdict("sub", subject, allowing, hasDeniedQueues && QueueReplacesAll(server) ? deniedForQueue : deniedForAll ?? deniedForQueue);
    }

    /// <summary>Gets the subjects that <see cref="Publish"/> allows.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static SubjectSet Publishable(Permissions permissions, ServerVersion? server = null)
    {
        SubjectPermission pub = permissions.Pub;
        if (IsForReplies(permissions))
        {
            return SubjectSet.Nothing;
        }

        SubjectSet allowed = pub.Allow.Count > 0 || AllowsNothing(pub) ? PublishEntries(pub.Allow, server) : SubjectSet.Everything;
        return allowed.Subtract(PublishEntries(DeniedSubjects(pub, server), server));
    }

    /// <summary>
    /// Gets the subjects whose messages a client can receive: those that <see cref="Subscribe"/> allows, and those that servers deliver to an allowed
    /// subscription beyond its entry, such as <c>foo.&gt;</c> under <c>foo.*</c>. Subjects that are only allowed in a queue group are included,
    /// because the client can choose the group.
    /// </summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static SubjectSet Receivable(Permissions permissions, ServerVersion? server = null) => SubjectSet.Union(
        QueuesOf(permissions.Sub).Prepend(null).Select(queue => Receivable(permissions, queue, server)));

    /// <summary>Finds a subscription that receives a subject, with the queue group that it needs. The subject itself is preferred.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="subject">The subject, without wildcards.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static (string Subject, string? Queue)? SubscriptionFor(Permissions permissions, string subject, ServerVersion? server = null)
    {
        foreach (string? queue in QueuesOf(permissions.Sub).Prepend(null))
        {
            if (Receivable(permissions, queue, server).Contains(subject))
            {
                return Looser(permissions.Sub, queue, server).Prepend(subject)
                    .Where(asked => Subjects.Covers(asked, subject) && Subscribe(permissions, asked, queue, server).IsAllowed)
                    .Select(asked => ((string, string?)?)(asked, queue))
                    .FirstOrDefault();
            }
        }

        return null;
    }

    /// <summary>Whether there are any restrictions. An empty list alone is not one.</summary>
    internal static bool HasAny(Permissions permissions) =>
        permissions.Resp is not null
        || permissions.Pub.Allow.Count + permissions.Pub.Deny.Count + permissions.Sub.Allow.Count + permissions.Sub.Deny.Count > 0;

    /// <summary>Whether an allow list permits a subscription to more than it says, because servers let a final <c>*</c> match <c>&gt;</c>.</summary>
    internal static bool IsLooser(string pattern, string subject) => !Subjects.Covers(pattern, subject);

    /// <summary>
    /// Whether publishing is restricted to replies. Servers treat a response permission without allowed subjects as an empty allow list.
    /// </summary>
    private static bool IsForReplies(Permissions permissions) => permissions.Pub.Allow.Count == 0 && permissions.Resp is not null;

    private static SubjectSet Receivable(Permissions permissions, string? queue, ServerVersion? server)
    {
        SubjectPermission sub = permissions.Sub;
        (SubjectSet forAll, SubjectSet forQueue, SubjectSet hasQueues) = Sets(sub.Allow, queue, server);
        SubjectSet allowed = sub.Allow.Count == 0 ? SubjectSet.Everything : forAll.Subtract(hasQueues).Union(forQueue);
        (SubjectSet deniedForAll, SubjectSet deniedForQueue, SubjectSet hasDeniedQueues) = Sets(sub.Deny, queue, server);
        SubjectSet denied = (QueueReplacesAll(server) ? deniedForAll.Subtract(hasDeniedQueues) : deniedForAll).Union(deniedForQueue);
        return allowed
            .Union(SubjectSet.Of(Looser(sub, queue, server).Where(asked => Subscribe(permissions, asked, queue, server).IsAllowed)))
            .Subtract(denied);
    }

    /// <summary>
    /// Returns the subscriptions that allowed entries with a final <c>*</c> permit beyond their meaning. A variant with wildcards in place of other
    /// tokens need not be tried: it is only denied by entries that deny everything that it stands for.
    /// </summary>
    private static IEnumerable<string> Looser(SubjectPermission sub, string? queue, ServerVersion? server) =>
        Entries(sub.Allow, queue, server)
            .Select(entry => entry.Subject)
            .Where(subject => subject is "*" || subject.EndsWith(".*", StringComparison.Ordinal))
            .Select(subject => subject[..^1] + ">");

    private static (SubjectSet ForAll, SubjectSet ForQueue, SubjectSet HasQueues) Sets(
        IReadOnlyList<string> entries, string? queue, ServerVersion? server)
    {
        ListEntry[] known = [.. Entries(entries, queue, server)];
        SubjectSet Of(Func<ListEntry, bool> isMeant) => SubjectSet.Of(known.Where(isMeant).Select(entry => entry.Subject));
        return (
            Of(entry => entry.Queue is null),
            Of(entry => entry.Queue is { } pattern && MatchesQueue(pattern, queue!)),
            Of(entry => entry.Queue is not null));
    }

    /// <summary>
    /// Returns sample queue groups that entries treat differently: one for each entry, one for what it matches beyond the others, and one that no
    /// entry matches. Older servers let a group without an entry do what is denied to all.
    /// </summary>
    internal static IEnumerable<string> QueuesOf(SubjectPermission sub)
    {
        string[] patterns = [.. sub.Allow.Concat(sub.Deny)
            .Select(entry => entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length == 2)
            .Select(parts => parts[1])
            .Distinct(StringComparer.Ordinal)];
        if (patterns.Length == 0)
        {
            return [];
        }

        IEnumerable<string?> samples = patterns.SelectMany(pattern => new[]
        {
            SubjectSet.Of([pattern]).Sample() ?? pattern,
            SubjectSet.Of([pattern]).Subtract(SubjectSet.Of(patterns.Where(other => !Subjects.Covers(other, pattern)))).Sample(),
        });
        return samples.Append(SubjectSet.Everything.Subtract(SubjectSet.Of(patterns)).Sample()).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether the allow list is explicitly empty, which allows nothing if there are denies. For subscriptions, servers ignore such a list.
    /// </summary>
    private static bool AllowsNothing(SubjectPermission permission) => permission.Deny.Count > 0 && permission.Allow.IsStatedEmpty;

    /// <summary>
    /// Finds the entries that match a subject, and whether any of them is for a queue. Entries for a queue do not apply to a subscription without
    /// one.
    /// </summary>
    private static (string? ForAll, string? ForQueue, bool HasQueues) Matching(
        IReadOnlyList<string> entries, string[] asked, string? queue, ServerVersion? server)
    {
        string? forAll = null;
        string? forQueue = null;
        bool hasQueues = false;
        foreach (ListEntry entry in Entries(entries, queue, server).Where(entry => Matches(entry.Subject, asked)))
        {
            if (entry.Queue is null)
            {
                forAll ??= entry.Text;
            }
            else
            {
                hasQueues = true;
                forQueue ??= MatchesQueue(entry.Queue, queue!) ? entry.Text : null;
            }
        }

        return (forAll, forQueue, hasQueues);
    }

    /// <summary>Gets the entries of a list that apply to a queue group; without one, only the entries without a queue.</summary>
    internal static IEnumerable<ListEntry> Entries(IReadOnlyList<string> entries, string? queue, ServerVersion? server)
    {
        foreach (string entry in entries)
        {
            // Any white space may be between a subject and its queue.
            string[] parts = entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length is 0 or > 2 || !Subjects.IsWellFormed(parts[0]))
            {
                continue;
            }

            if (parts.Length == 1)
            {
                yield return new ListEntry(entry, parts[0], Queue: null);
            }
            else if (queue is not null && (server?.Has(ServerFeature.CheckedPermissions) == false || Subjects.IsWellFormed(parts[1])))
            {
                yield return new ListEntry(entry, parts[0], parts[1]);
            }
        }
    }

    private static bool QueueReplacesAll(ServerVersion? server) => server?.Has(ServerFeature.QueueDeniesAdd) == false;

    /// <summary>Finds the entry of a list that matches a publish subject.</summary>
    private static string? PublishEntry(IReadOnlyList<string> entries, string[] asked, ServerVersion? server) => IndexOf(entries, server) is { } index
        ? index.Find(asked)
        : entries.FirstOrDefault(entry => Subjects.IsWellFormed(entry) && Matches(entry, asked));

    /// <summary>Gets the publish subjects that a list matches.</summary>
    private static SubjectSet PublishEntries(IReadOnlyList<string> entries, ServerVersion? server) => IndexOf(entries, server) is { } index
        ? index.ToSet()
        : SubjectSet.Of(entries);

    private static PublishInterest? IndexOf(IReadOnlyList<string> entries, ServerVersion? server) =>
        server is { } version && version.Has(ServerFeature.PublishIndex) && !version.Has(ServerFeature.CheckedPermissions)
            ? new PublishInterest(entries, hides: !version.Has(ServerFeature.WholePublishIndex))
            : null;

    private static string[] DeniedSubjects(SubjectPermission pub, ServerVersion? server) =>
        [.. pub.Deny.Select(entry => DeniedSubject(entry, server)).OfType<string>()];

    /// <summary>Gets the publish subject that an entry denies; null if servers ignore the entry.</summary>
    private static string? DeniedSubject(string entry, ServerVersion? server)
    {
        if (server?.Has(ServerFeature.CheckedPermissions) == false || Subjects.IsWellFormed(entry))
        {
            return entry;
        }

        // Publish permissions have no queues. Newer servers ignore the queue. To older ones it is part of the last token, which no subject has.
        string[] parts = entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        bool isSubjectWithQueue = parts.Length is 1 or 2 && parts.All(Subjects.IsWellFormed);
        return isSubjectWithQueue ? parts[0] : null;
    }

    /// <summary>Whether an entry matches a subject. Servers treat wildcards in the subject as literal tokens.</summary>
    private static bool Matches(string pattern, string[] asked) => Subjects.IsContainedAsInReference(asked, pattern.Split('.'));

    /// <summary>Whether an entry applies to a queue. Its wildcards count only as whole tokens.</summary>
    internal static bool MatchesQueue(string pattern, string queue)
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

            if (tokens[index].Length == 0 || tokens[index] == ">" || (wanted[index] != "*" && wanted[index] != tokens[index]))
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
            new PermissionVerdict(true, $"{side}.allow", $"Servers treat '{allowing}' as allowing it, and deliver all that '{subject}' matches."),
        _ => new PermissionVerdict(true, $"{side}.allow", $"'{allowing}' allows it."),
    };

    /// <param name="Text">The entry.</param>
    /// <param name="Subject">Its subject.</param>
    /// <param name="Queue">Its queue; null for none.</param>
    internal readonly record struct ListEntry(string Text, string Subject, string? Queue);
}
