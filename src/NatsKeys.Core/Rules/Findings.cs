using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>Collects what a check finds.</summary>
/// <param name="servers">The servers whose rules hold; null for the newest.</param>
internal sealed class Findings(ServerVersions? servers = null)
{
    private List<Finding>? found;

    /// <param name="server">The version of the server whose rules hold; null for the newest.</param>
    public Findings(ServerVersion? server)
        : this(ServerVersions.Only(server))
    {
    }

    /// <summary>The servers whose rules hold.</summary>
    public ServerVersions Servers { get; } = servers ?? ServerVersions.Newest;

    public IReadOnlyList<Finding> All => found ?? (IReadOnlyList<Finding>)[];

    public int Count => found?.Count ?? 0;

    public bool HasErrors => found?.Exists(finding => finding.Severity == FindingSeverity.Error) ?? false;

    /// <summary>What was found, in one line.</summary>
    public static string Show(IEnumerable<Finding> findings) =>
        string.Join("; ", findings.Select(finding => $"{finding.Message.TrimEnd('.')} ({finding.Rule})"));

    /// <param name="rule">The rule that is broken.</param>
    /// <param name="claim">The claim that breaks it.</param>
    /// <param name="message">What is wrong, for people; the rule's own words when omitted.</param>
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

    /// <summary>Adds what holds for some of the servers. What the newest of them does not mind is a warning that names the others.</summary>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="claim">The claim that breaks it.</param>
    /// <param name="message">What is wrong, for people.</param>
    /// <param name="affected">The servers that mind it; nothing is added where these are none.</param>
    /// <param name="lacking">What these may lack: that which all of them lack, and no other, gives the words.</param>
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
