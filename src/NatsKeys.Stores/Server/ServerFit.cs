using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>What servers of known versions make of an account's token: whether they refuse it, and what of it they do not use.</summary>
internal static class ServerFit
{
    /// <summary>Why some servers would refuse an account; nothing where all take it.</summary>
    /// <param name="claims">What the account states.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Finding> Refusals(AccountClaims claims, IEnumerable<ServerInformation> servers, DateTimeOffset now) =>
        Check(servers, findings => ClaimValidator.Check(claims, now, findings));

    /// <summary>What some servers take of an account and do not use.</summary>
    /// <param name="claims">What the account states.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Finding> Losses(AccountClaims claims, IEnumerable<ServerInformation> servers, DateTimeOffset now) =>
        Check(servers, findings => ClaimUse.Check(claims, now, findings));

    /// <summary>Asks for each version by itself, and names the servers of it.</summary>
    private static PrintableList<Finding> Check(IEnumerable<ServerInformation> servers, Action<Findings> check)
    {
        var found = new List<Finding>();
        foreach (IGrouping<string, ServerInformation> version in servers.GroupBy(server => server.Version))
        {
            // A server that does not tell its version is taken for the newest.
            var findings = new Findings(ServerVersion.TryParse(version.Key, out ServerVersion known) ? known : null);
            check(findings);
            found.AddRange(findings.All.Where(finding => finding.Severity == FindingSeverity.Error)
                .Select(finding => finding with { Message = $"{finding.Message.TrimEnd('.')}, on {string.Join(", ", version)} ({version.Key})" }));
        }

        return new PrintableList<Finding>(found);
    }
}
