using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal static partial class AccountEditing
{
    /// <summary>Adds a target to the mapping of a subject, or changes its weight.</summary>
    /// <param name="account">The account.</param>
    /// <param name="subject">The subject to which messages are published.</param>
    /// <param name="to">The subject to which they are redirected.</param>
    /// <param name="weight">The share of the messages, 1 to 100 percent; null keeps the current weight, or sets 100 for a new target.</param>
    /// <param name="cluster">The cluster in which this target applies; null for all.</param>
    /// <exception cref="NatsKeysException">
    /// The subject already has this target for another cluster (<see cref="ErrorCode.ClaimExists"/>), or the target refers to a wildcard before the
    /// first one (<see cref="ErrorCode.RuleBroken"/>).
    /// </exception>
    public static void SetMapping(this NatsAccount account, string subject, string to, int? weight, string? cluster)
    {
        if (MappingRules.InnerFunction(to) is { } inner)
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken,
                $"'{inner}' in '{to}' contains a function ({ValidationRules.MappingInnerFunction.Name}). A function must be a whole token; servers "
                    + "treat this one as plain text. Nothing was signed.");
        }

        // Servers replace such a wildcard by the first token of the subject, which is never intended.
        if (Subjects.References(to).Any(reference => reference < 1))
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken,
                $"'{to}' refers to a wildcard before the first one (mapping.reference). Wildcards are numbered from 1. Nothing was signed.");
        }

        if (!account.Claims.Mappings.TryGetValue(subject, out ClaimList<WeightedMapping>? targets))
        {
            account.Claims.Mappings[subject] = targets = [];
        }

        WeightedMapping? target = targets.FirstOrDefault(other => other.Subject == to && (other.Cluster ?? "") == (cluster ?? ""));
        if (target is null)
        {
            if (targets.FirstOrDefault(other => other.Subject == to) is { } twin)
            {
                throw new NatsKeysException(
                    ErrorCode.ClaimExists,
                    $"The {account.Path} already maps '{subject}' to '{to}' {Where(twin.Cluster)}, and servers allow each target once.")
                {
                    Remedy = Remedy.RemoveMapping,
                };
            }

            targets.Add(new WeightedMapping { Subject = to, Weight = weight ?? WeightedMapping.Whole, Cluster = cluster });
        }
        else
        {
            target.Weight = weight ?? target.Weight;
        }
    }

    /// <summary>Removes targets of a subject. A subject without targets is no longer mapped.</summary>
    /// <param name="account">The account.</param>
    /// <param name="subject">The subject to which messages are published.</param>
    /// <param name="to">The target; null for all.</param>
    /// <param name="cluster">The cluster of the target, empty for a target without a cluster; null for all.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimNotFound"/>: there is no such mapping.</exception>
    public static void RemoveMapping(this NatsAccount account, string subject, string? to, string? cluster)
    {
        bool IsMeant(WeightedMapping target) => (to is null || target.Subject == to) && (cluster is null || (target.Cluster ?? "") == cluster);

        if (!account.Claims.Mappings.TryGetValue(subject, out ClaimList<WeightedMapping>? targets) || targets.RemoveAll(IsMeant) == 0)
        {
            bool isOnlyElsewhere = targets?.Any(target => to is null || target.Subject == to) == true;
            string where = isOnlyElsewhere ? " " + Where(cluster) : "";
            throw new NatsKeysException(
                ErrorCode.ClaimNotFound, $"The {account.Path} does not map '{subject}'{(to is null ? "" : $" to '{to}'")}{where}.")
            {
                Remedy = Remedy.ListMappings,
            };
        }

        if (targets.Count == 0)
        {
            account.Claims.Mappings.Remove(subject);
        }
    }

    private static string Where(string? cluster) => string.IsNullOrEmpty(cluster) ? "for all clusters" : $"for the cluster '{cluster}'";
}
