using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Inspection;

/// <summary>Compares the subjects that clients may publish, or subscribe to. Equal pairs of permissions are compared once.</summary>
internal sealed class SubjectDifferences
{
    private readonly Dictionary<(string From, string To), SubjectDifference[]> known = [];

    /// <summary>Returns the differences between two sets of permissions; null has no permissions.</summary>
    public SubjectDifference[] Between(Permissions? before, Permissions? after)
    {
        (string, string) key = (before is null ? "" : AccessGroup.KeyOf(before), after is null ? "" : AccessGroup.KeyOf(after));
        if (key.Item1 == key.Item2)
        {
            return [];
        }

        if (!known.TryGetValue(key, out SubjectDifference[]? found))
        {
            known[key] = found =
            [
                .. Differences(
                    "publish", "may publish", SetOf(before, permissions => PermissionEvaluator.Publishable(permissions)),
                    SetOf(after, permissions => PermissionEvaluator.Publishable(permissions))),
                .. Differences(
                    "subscribe", "may subscribe to", SetOf(before, permissions => PermissionEvaluator.Receivable(permissions)),
                    SetOf(after, permissions => PermissionEvaluator.Receivable(permissions))),
                .. Queues(before, after),
            ];
        }

        return found;
    }

    private static SubjectSet SetOf(Permissions? permissions, Func<Permissions, SubjectSet> set) =>
        permissions is null ? SubjectSet.Nothing : set(permissions);

    private static IEnumerable<SubjectDifference> Differences(string aspect, string verb, SubjectSet before, SubjectSet after)
    {
        if (after.Subtract(before).Simplify().ToTexts() is { Length: > 0 } granted)
        {
            yield return new SubjectDifference(AccessChangeKind.Granted, aspect, verb, granted);
        }

        if (before.Subtract(after).Simplify().ToTexts() is { Length: > 0 } taken)
        {
            yield return new SubjectDifference(AccessChangeKind.Taken, aspect, verb.Replace("may", "may no longer", StringComparison.Ordinal), taken);
        }
    }

    /// <summary>Reports differences between entries with queue groups. Sets of subjects do not show them.</summary>
    private static IEnumerable<SubjectDifference> Queues(Permissions? before, Permissions? after)
    {
        static string[] Of(Permissions? permissions) => permissions is null
            ? []
            :
            [
                .. permissions.Sub.Allow.Where(entry => entry.Contains(' ', StringComparison.Ordinal)),
                .. permissions.Sub.Deny.Where(entry => entry.Contains(' ', StringComparison.Ordinal)).Select(entry => $"not {entry}"),
            ];
        (string[] old, string[] young) = (Of(before), Of(after));
        return old.Order(StringComparer.Ordinal).SequenceEqual(young.Order(StringComparer.Ordinal))
            ? []
            : [new SubjectDifference(
                AccessChangeKind.Changed, "subscribe", "may subscribe in other queue groups", [.. young.Except(old), .. old.Except(young)])];
    }
}

/// <summary>Subjects that are granted or taken.</summary>
/// <param name="Change">Whether access is granted or taken.</param>
/// <param name="Aspect">Publish or subscribe.</param>
/// <param name="Verb">The verb for messages, such as <c>may publish</c>.</param>
/// <param name="Subjects">The subjects.</param>
internal sealed record SubjectDifference(AccessChangeKind Change, string Aspect, string Verb, string[] Subjects);
