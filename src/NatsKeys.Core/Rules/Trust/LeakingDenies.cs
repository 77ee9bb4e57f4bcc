using System.Globalization;
using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Finds denied subjects that older servers deliver anyway. They reject a subscription that a deny covers, and filter the messages of a subscription
/// that covers a deny. But a subscription with wildcards that does neither receives denied messages: with <c>secret.&gt;</c> denied, <c>*.x</c>
/// receives <c>secret.x</c>. Denies for a queue do not filter at all. Observed on 2.9.10 and 2.10.27, but not on 2.15.1.
/// </summary>
internal static class LeakingDenies
{
    /// <summary>The maximum number of combinations to try. Larger lists are not searched completely.</summary>
    private const int MaximumTries = 10_000;

    /// <summary>Finds a denied subject and a subscription that receives part of it; null if every deny is effective.</summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="server">The version of a server with this problem.</param>
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

            // Denies for a queue do not filter, but another entry may deny the subject for all.
            let isFiltered = filters.Any(
                filter => deny.Queue is null ? Subjects.Covers(subscription, filter) : Subjects.Collide(subscription, filter))
            where deny.Queue is null || Subjects.Collide(subscription, deny.Subject)
            select new Candidate(deny.Text, subscription, queue, isFiltered);
    }

    /// <summary>
    /// Returns subscriptions that an allowed subject permits and that match part of a denied one. Each has a wildcard where the denied subject has a
    /// literal token, and literal tokens elsewhere.
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

    /// <summary>Returns a token that no entry has.</summary>
    private static string Unused(SubjectPermission sub)
    {
        var known = sub.Allow.Concat(sub.Deny).SelectMany(entry => entry.Split('.', ' ')).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, known.Count + 1)
            .Select(number => number == 0 ? "x" : string.Create(CultureInfo.InvariantCulture, $"x{number}"))
            .First(token => !known.Contains(token));
    }

    private readonly record struct Candidate(string Deny, string Subscription, string? Queue, bool IsFiltered);
}
