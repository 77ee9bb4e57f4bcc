using System.Globalization;
using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Denied subjects that older servers deliver all the same. They refuse a subscription that a deny covers, and filter the messages of one that covers
/// a deny. A subscription with wildcards that does neither, such as <c>*.x</c> under the denied <c>secret.&gt;</c>, receives <c>secret.x</c>. Denies
/// for a queue filter nothing. Seen on 2.9.10 and 2.10.27, and not on 2.15.1.
/// </summary>
internal static class LeakingDenies
{
    /// <summary>Lists with more pairs than this are not looked through to their end.</summary>
    private const int MaximumTries = 10_000;

    /// <summary>A denied subject with a subscription that receives some of it; null where each one is kept.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="server">The version of a server that leaks.</param>
    public static (string Deny, string Subscription)? Find(Permissions permissions, ServerVersion server)
    {
        SubjectPermission sub = permissions.Sub;
        if (sub.Deny.Count == 0)
        {
            return null;
        }

        string token = Unused(sub);
        return PermissionEvaluator.QueuesOf(sub).Prepend(null)
            .SelectMany(queue => Candidates(sub, queue, token, server))
            .Take(MaximumTries)
            .Where(candidate => !candidate.IsFiltered
                && PermissionEvaluator.Subscribe(permissions, candidate.Subscription, candidate.Queue, server).IsAllowed)
            .Select(candidate => ((string, string)?)(
                candidate.Deny, candidate.Queue is null ? candidate.Subscription : $"{candidate.Subscription} (queue {candidate.Queue})"))
            .FirstOrDefault();
    }

    private static IEnumerable<Candidate> Candidates(SubjectPermission sub, string? queue, string token, ServerVersion server)
    {
        PermissionEvaluator.ListEntry[] denies = [.. PermissionEvaluator.Entries(sub.Deny, queue, server)];
        string[] filters = [.. denies.Where(deny => deny.Queue is null).Select(deny => deny.Subject)];
        string[] allowed = sub.Allow.Count == 0
            ? [">"]
            : [.. PermissionEvaluator.Entries(sub.Allow, queue, server).Select(entry => entry.Subject)];
        return
            from deny in denies
            where deny.Queue is null || PermissionEvaluator.MatchesQueue(deny.Queue, queue!)
            from entry in allowed
            from subscription in Overlapping(entry.Split('.'), deny.Subject.Split('.'), token).Concat(deny.Queue is null ? [] : [entry])

            // Nothing filters what is denied to a queue alone. Another entry may deny it to all.
            let isFiltered = filters.Any(
                filter => deny.Queue is null ? Subjects.Covers(subscription, filter) : Subjects.Collide(subscription, filter))
            where deny.Queue is null || Subjects.Collide(subscription, deny.Subject)
            select new Candidate(deny.Text, subscription, queue, isFiltered);
    }

    /// <summary>
    /// Subscriptions under an allowed subject that match some of a denied one: with a wildcard where that has text, and text elsewhere.
    /// </summary>
    private static IEnumerable<string> Overlapping(string[] allowed, string[] denied, string token)
    {
        if (SubjectPattern.Of(allowed).Intersect(SubjectPattern.Of(denied)) is not { } common)
        {
            return [];
        }

        string[] text = [.. common.Tokens.ToArray().Select(part => part is "*" or ">" ? token : part)];
        return Enumerable.Range(0, Math.Min(text.Length, denied.Length))
            .Where(place => allowed[Math.Min(place, allowed.Length - 1)] is "*" or ">" && denied[place] is not ("*" or ">"))
            .Select(place => string.Join('.', [.. text[..place], "*", .. text[(place + 1)..]]));
    }

    /// <summary>A token that no entry has.</summary>
    private static string Unused(SubjectPermission sub)
    {
        var known = sub.Allow.Concat(sub.Deny).SelectMany(entry => entry.Split('.', ' ')).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, known.Count + 1)
            .Select(number => number == 0 ? "x" : string.Create(CultureInfo.InvariantCulture, $"x{number}"))
            .First(token => !known.Contains(token));
    }

    private readonly record struct Candidate(string Deny, string Subscription, string? Queue, bool IsFiltered);
}
