using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>Collects the findings of a check.</summary>
/// <param name="servers">The servers whose rules apply; null for the newest.</param>
internal sealed class Findings(ServerVersions? servers = null)
{
    private List<Finding>? found;

    /// <param name="server">The version of the server whose rules apply; null for the newest.</param>
    public Findings(ServerVersion? server)
        : this(ServerVersions.Only(server))
    {
    }

    /// <summary>The servers whose rules apply.</summary>
    public ServerVersions Servers { get; } = servers ?? ServerVersions.Newest;

    public IReadOnlyList<Finding> All => found ?? (IReadOnlyList<Finding>)[];

    public int Count => found?.Count ?? 0;

    public bool HasErrors => found?.Exists(finding => finding.Severity == FindingSeverity.Error) ?? false;

    /// <summary>Joins findings in one line.</summary>
    public static string Show(IEnumerable<Finding> findings) =>
        string.Join("; ", findings.Select(finding => $"{finding.Message.TrimEnd('.')} ({finding.Rule})"));

    /// <param name="rule">The rule that is broken.</param>
    /// <param name="claim">The claim that breaks it.</param>
    /// <param name="message">The problem, as readable text; null for the summary of the rule.</param>
    public void Add(ValidationRule rule, ClaimPath claim, string? message = null)
    {
        if (rule.Since is { } since && !Servers.Having(since, has: true).Any())
        {
            return;
        }

        if (rule.Until is { } until)
        {
            AddFor(rule, claim, message ?? rule.Summary, [.. Servers.Having(until, has: false)], until);
        }
        else
        {
            (found ??= []).Add(new Finding(rule.Name, rule.Severity, claim.ToString(), SecretShape.Mask(message ?? rule.Summary)));
        }
    }

    /// <summary>
    /// Adds a finding that applies to some of the servers. If the newest of them is not affected, its severity is at most
    /// <see cref="ValidationRule.OlderSeverity"/>. Unless all are affected, its message names those that are.
    /// </summary>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="claim">The claim that breaks it.</param>
    /// <param name="message">The problem, as readable text.</param>
    /// <param name="affected">The affected servers; if there are none, nothing is added.</param>
    /// <param name="lacking">The features that these may lack. The one that exactly these lack describes them in the message.</param>
    public void AddFor(
        ValidationRule rule, ClaimPath claim, string message, IReadOnlyCollection<ServerVersion> affected, params ReadOnlySpan<ServerFeature> lacking)
    {
        if (affected.Count == 0)
        {
            return;
        }

        affected = [.. affected.Order()];

        bool areAll = affected.Count == Servers.Count();
        bool areOld = !affected.Contains(Servers.Last);
        FindingSeverity severity = areOld && rule.Severity < rule.OlderSeverity ? rule.OlderSeverity : rule.Severity;
        string text = areAll ? message : $"{message.TrimEnd('.')} ({Servers.Describe(affected, lacking)}).";
        (found ??= []).Add(new Finding(rule.Name, severity, claim.ToString(), SecretShape.Mask(text)));
    }

    public void AddRange(IReadOnlyCollection<Finding> findings)
    {
        if (findings.Count > 0)
        {
            (found ??= []).AddRange(findings);
        }
    }
}
