using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Finds claims that older servers do not know or handle differently.</summary>
internal static class FeatureUse
{
    /// <summary>Checks the version that an operator asserts: older servers do not start (validation rules, B.1).</summary>
    public static void Check(OperatorClaims claims, Findings findings)
    {
        if (!ServerVersion.TryParse(claims.AssertServerVersion, out ServerVersion asserted))
        {
            return;
        }

        if (asserted > ServerVersions.NewestKnown)
        {
            findings.Add(
                ValidationRules.OperatorVersionUnknown, "assert_server_version",
                $"The operator asserts server version {asserted}. Older servers do not start, and the newest version known to this library "
                    + $"is {ServerVersions.NewestKnown}.");
        }

        findings.AddFor(
            ValidationRules.OperatorVersionOlder, "assert_server_version", $"The operator asserts servers of version {asserted}: servers that are "
                + "older do not start.",
            [.. findings.Servers.Where(server => server < asserted)]);
    }

    public static void Check(AccountClaims claims, Findings findings)
    {
        if (claims.Authorization.AuthUsers.Count > 0)
        {
            findings.Add(
                ValidationRules.FeatureAuthCallout, "authorization",
                "The account has an authorization callout: these servers ignore it and let users in without it.");
        }

        bool traces = claims.Trace is not null || claims.Imports.Any(import => import.AllowTrace) || claims.Exports.Any(export => export.AllowTrace);
        if (traces)
        {
            findings.Add(ValidationRules.FeatureTrace, "trace", "The account uses message tracing: these servers do not trace messages.");
        }

        if (!string.IsNullOrEmpty(claims.ClusterTraffic))
        {
            findings.Add(ValidationRules.FeatureClusterTraffic, "cluster_traffic", "The account sets 'cluster_traffic': these servers ignore it.");
        }
    }

    /// <summary>Checks the permissions of a user or a role.</summary>
    /// <param name="permissions">The permissions.</param>
    /// <param name="place">Their place; null for the permissions of a user.</param>
    /// <param name="role">The role; null for the permissions of a user.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Check(UserPermissions permissions, ClaimPath? place, string? role, Findings findings)
    {
        string whose = role is null ? "" : $"Role '{role}': ";
        ClaimPath Claim(string member) => place?.Of(member) ?? new ClaimPath(member);
        if (permissions.ProxyRequired)
        {
            findings.Add(
                ValidationRules.FeatureProxy, Claim("proxy_required"),
                $"{whose}Connections are only allowed through a trusted proxy: these servers do not require it.");
        }

        if (permissions.Times.Count > 0 && permissions.Times.Any(range => TimeOfDay.Parse(range.Start) > TimeOfDay.Parse(range.End)))
        {
            findings.Add(
                ValidationRules.TimesOverMidnight,
                Claim("times"),
                $"{whose}A time range crosses midnight: these servers refuse connections after midnight.");
        }

        if (permissions.Times.Count > 0
            && permissions.Times.All(range => TimeOfDay.Parse(range.Start) is { } start && start == TimeOfDay.Parse(range.End)))
        {
            findings.Add(
                ValidationRules.TimesNever, Claim("times"), $"{whose}Each time range ends at its start time: servers refuse every connection.");
        }

        if (permissions.AllowedConnectionTypes.Count == 0)
        {
            return;
        }

        string[] unknown = [.. permissions.AllowedConnectionTypes
            .Where(type => !ServerTrust.ConnectionTypes.Contains(type, StringComparer.OrdinalIgnoreCase))];
        if (unknown.Length > 0)
        {
            bool areAll = unknown.Length == permissions.AllowedConnectionTypes.Count;
            findings.Add(
                areAll ? ValidationRules.ConnectionTypesNone : ValidationRules.ConnectionTypeUnknown, Claim("allowed_connection_types"),
                $"{whose}Servers do not know the connection type "
                    + $"'{string.Join("', '", unknown.Select(Excerpt.Of))}'{(areAll ? ": they refuse every connection" : "")}.");
        }
    }
}
