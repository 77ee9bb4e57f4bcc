using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>Finds out whether servers of known versions refuse an account's token, and which parts of it they do not use.</summary>
internal static class ServerFit
{
    /// <summary>Why some servers would refuse an account; empty if all accept it.</summary>
    /// <param name="claims">The claims of the account.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Finding> Refusals(AccountClaims claims, IEnumerable<ServerInformation> servers, DateTimeOffset now) =>
        Check(servers, findings => ClaimValidator.Check(claims, now, findings));

    /// <summary>The parts of an account that some servers accept but do not use.</summary>
    /// <param name="claims">The claims of the account.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Finding> Losses(AccountClaims claims, IEnumerable<ServerInformation> servers, DateTimeOffset now) =>
        Check(servers, findings => ClaimUse.Check(claims, now, findings));

    /// <summary>Checks each version once, and names the servers of this version.</summary>
    private static PrintableList<Finding> Check(IEnumerable<ServerInformation> servers, Action<Findings> check)
    {
        var found = new List<Finding>();
        foreach (IGrouping<string, ServerInformation> version in servers.GroupBy(server => server.Version))
        {
            // A server that does not report its version is treated as the newest one.
            var findings = new Findings(ServerVersion.TryParse(version.Key, out ServerVersion known) ? known : null);
            check(findings);
            found.AddRange(findings.All.Where(finding => finding.Severity == FindingSeverity.Error)
                .Select(finding => finding with { Message = $"{finding.Message.TrimEnd('.')}, on {string.Join(", ", version)} ({version.Key})" }));
        }

        return new PrintableList<Finding>(found);
    }
}
