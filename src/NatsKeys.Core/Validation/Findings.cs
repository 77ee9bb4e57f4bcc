using NatsKeys.Keys;
using NatsKeys.Server;

namespace NatsKeys.Validation;

/// <summary>Collects what a check finds.</summary>
/// <param name="server">The version of the server whose rules hold; null for the newest.</param>
internal sealed class Findings(ServerVersion? server = null)
{
    private List<Finding>? found;

    public IReadOnlyList<Finding> All => found ?? (IReadOnlyList<Finding>)[];

    public int Count => found?.Count ?? 0;

    public bool HasErrors => found?.Exists(finding => finding.Severity == FindingSeverity.Error) ?? false;

    /// <summary>What was found, in one line.</summary>
    public static string Show(IEnumerable<Finding> findings) => string.Join("; ", findings.Select(finding => $"{finding.Message.TrimEnd('.')} ({finding.Rule})"));

    /// <param name="rule">The rule that is broken.</param>
    /// <param name="claim">The claim that breaks it.</param>
    /// <param name="message">What is wrong, for people; the rule's own words when omitted.</param>
    public void Add(ValidationRule rule, ClaimPath claim, string? message = null)
    {
        if (rule.Since is not { } since || server?.Has(since) != false)
        {
            (found ??= []).Add(new Finding(rule.Name, rule.Severity, claim.ToString(), SecretShape.Mask(message ?? rule.Summary)));
        }
    }

    public void AddRange(IEnumerable<Finding> findings) => (found ??= []).AddRange(findings);
}
