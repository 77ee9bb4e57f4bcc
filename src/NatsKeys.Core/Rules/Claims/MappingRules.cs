using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Checks mappings. If a mapping breaks a rule of the reference implementation, servers reject the account. If it breaks a rule that servers only
/// apply when they install the mapping, they silently drop it: <see cref="CheckUse"/> finds these.
/// </summary>
internal static class MappingRules
{
    private static readonly ServerFeature[] Features = [ServerFeature.LooseMappings, ServerFeature.RandomMappings, ServerFeature.SideMappings];

    /// <summary>Checks the rules of the reference implementation: v2/account_claims.go of the jwt library.</summary>
    public static void Check(AccountClaims claims, Findings findings)
    {
        foreach ((string source, ClaimList<WeightedMapping> targets) in claims.Mappings)
        {
            string claim = Place(source);
            Subjects.Check(source, claim, findings);
            var perCluster = new Dictionary<string, long>(StringComparer.Ordinal);
            long total = 0;
            foreach (WeightedMapping target in targets)
            {
                Subjects.Check(target.Subject, claim, findings);
                if (Subjects.HasWildcards(target.Subject ?? ""))
                {
                    findings.Add(
                        ValidationRules.MappingWildcard,
                        claim,
                        $"The target '{Excerpt.Of(target.Subject)}' of '{Excerpt.Of(source)}' has wildcards: servers refuse the whole account.");
                }

                long weight = target.Share;
                if (weight > WeightedMapping.Whole)
                {
                    findings.Add(
                        ValidationRules.MappingWeight,
                        claim,
                        $"The weight {weight} of '{Excerpt.Of(target.Subject)}' is more than {WeightedMapping.Whole}.");
                }

                if (string.IsNullOrEmpty(target.Cluster))
                {
                    total += weight;
                    continue;
                }

                perCluster[target.Cluster] = perCluster.GetValueOrDefault(target.Cluster) + weight;
                if (perCluster[target.Cluster] > WeightedMapping.Whole)
                {
                    findings.Add(
                        ValidationRules.MappingClusterTotal,
                        claim,
                        $"The weights of cluster '{Excerpt.Of(target.Cluster)}' add up to {perCluster[target.Cluster]}.");
                }
            }

            long all = total + perCluster.Values.Sum();
            if (total > WeightedMapping.Whole)
            {
                findings.Add(ValidationRules.MappingTotal, claim, $"The weights add up to {total}.");
            }
            else if (all > WeightedMapping.Whole)
            {
                findings.Add(
                    ValidationRules.MappingAllClusters,
                    claim,
                    $"The weights of '{Excerpt.Of(source)}' add up to {all} over all clusters: servers refuse the whole account.");
            }
        }
    }

    /// <summary>Finds the mappings that servers drop: AddWeightedMappings in accounts.go.</summary>
    public static void CheckUse(AccountClaims claims, Findings findings)
    {
        foreach ((string source, ClaimList<WeightedMapping> targets) in claims.Mappings)
        {
            TextRules.CheckSubject(source, Place(source), findings);
            foreach (WeightedMapping target in targets)
            {
                TextRules.CheckSubject(target.Subject, Place(source), findings);
            }

            // Servers also check sums that the reference implementation does not check, or that overflow there.
            if (targets
                .GroupBy(target => target.Cluster ?? "")
                .FirstOrDefault(cluster => cluster.Sum(target => target.Share) > WeightedMapping.Whole) is { Key.Length: > 0 } much)
            {
                findings.AddFor(
                    ValidationRules.MappingClusterTotal, Place(source), $"The weights of cluster '{Excerpt.Of(much.Key)}' add up to more than "
                        + $"{WeightedMapping.Whole}: servers drop the mapping of '{Excerpt.Of(source)}'.",
                    [.. findings.Servers.Having(ServerFeature.SafeWeights, has: false)], ServerFeature.SafeWeights);
            }

            if (targets.GroupBy(target => target.Subject).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                findings.Add(
                    ValidationRules.MappingTwice,
                    Place(source),
                    $"The target '{Excerpt.Of(twice.Key)}' of '{Excerpt.Of(source)}' is listed twice, possibly for two clusters: servers drop the "
                        + "whole mapping.");
            }

            foreach (string target in targets
                .Select(target => target.Subject)
                .OfType<string>()
                .Where(target => target.Length > 0)
                .Distinct(StringComparer.Ordinal))
            {
                Report(source, [.. findings.Servers.Select(server => (server, new SubjectTransform(server).OfMapping(source, target)))], findings);
                if (InnerFunction(target) is { } inner)
                {
                    findings.Add(
                        ValidationRules.MappingInnerFunction,
                        Place(source),
                        $"'{Excerpt.Of(inner)}' in the target '{Excerpt.Of(target)}' of '{Excerpt.Of(source)}' is plain text: a function must be a "
                            + "whole token.");
                }
            }

            // The remaining share of the messages keeps the source subject. For that, servers map the source to itself.
            if (!targets.Any(target => target.Subject == source) && LeavesSome(targets))
            {
                Report(
                    source,
                    [.. findings.Servers
                        .Select(server => (server, new SubjectTransform(server).OfMapping(source, SubjectTransform.Numbered(source))))],
                    findings);
            }
        }
    }

    /// <summary>Whether servers of a version drop a mapping.</summary>
    public static bool IsDropped(string source, ClaimList<WeightedMapping> targets, ServerVersion server)
    {
        var findings = new Findings(server);
        CheckUse(new AccountClaims { Mappings = new ClaimTable<ClaimList<WeightedMapping>> { [source] = [.. targets] } }, findings);
        return findings.All.Any(finding => finding.Severity == FindingSeverity.Error);
    }

    /// <summary>Finds a token of a target that has a function inside it, which servers treat as plain text; null if there is none.</summary>
    public static string? InnerFunction(string target) => target.Split('.').FirstOrDefault(token =>
        token.IndexOf("{{", StringComparison.Ordinal) is >= 0 and int start
            && token.IndexOf("}}", start, StringComparison.Ordinal) > 0
            && !(start == 0 && token.EndsWith("}}", StringComparison.Ordinal)));

    /// <summary>Whether the weights of a mapping leave messages on its source.</summary>
    public static bool LeavesSome(ClaimList<WeightedMapping> targets) =>
        !targets.Any(target => string.IsNullOrEmpty(target.Cluster))
            || targets.GroupBy(target => target.Cluster ?? "").Any(cluster => cluster.Sum(target => target.Share) != WeightedMapping.Whole);

    private static void Report(string source, (ServerVersion Server, TransformFault? Fault)[] faults, Findings findings)
    {
        (ServerVersion Server, TransformFault? Fault)[] bad = [.. faults.Where(fault => fault.Fault is not null)];
        if (bad is [.., { Fault: { } last }])
        {
            findings.AddFor(
                last.IsReference ? ValidationRules.MappingReference : ValidationRules.MappingTarget, Place(source),
                $"Servers drop the mapping of '{Excerpt.Of(source)}': {last.Reason}.", [.. bad.Select(fault => fault.Server)], Features);
        }
    }

    /// <summary>Returns the place of a mapping, for findings.</summary>
    public static string Place(string source) => $"mappings['{Excerpt.Of(source)}']";
}
