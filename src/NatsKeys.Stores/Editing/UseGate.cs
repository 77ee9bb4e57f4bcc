using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Asks of what is signed what the check of a store asks: what servers drop, what some of them refuse, whom they let in.
/// </summary>
/// <param name="now">The time.</param>
/// <param name="path">The entity.</param>
/// <param name="parent">The entity above; null above an operator.</param>
internal sealed class UseGate(DateTimeOffset now, EntityPath path, NatsEntity? parent)
{
    /// <summary>Holds claims against the rules of the reference.</summary>
    /// <param name="claims">What the entity shall state.</param>
    /// <returns>What was found; its errors are those of the newest servers.</returns>
    public Findings CheckRules(ClaimSet claims)
    {
        var findings = new Findings(ServerVersions.Since(Above(claims)?.AssertServerVersion));
        ClaimValidator.Check(claims, now, findings);
        return findings;
    }

    /// <summary>Refuses what no server uses as it is meant, where it was not signed before.</summary>
    /// <param name="claims">What the entity shall state.</param>
    /// <param name="rules">What <see cref="CheckRules"/> found of it.</param>
    /// <param name="issuer">The key that shall sign it.</param>
    /// <param name="before">What was signed before; null for a new entity.</param>
    /// <returns>What else people should know, and did not know before.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.RuleBroken"/>.</exception>
    public IReadOnlyList<Finding> Require(ClaimSet claims, Findings rules, string issuer, EntityDocument? before)
    {
        IReadOnlyList<Finding> found = [.. CheckUse(claims, issuer, rules)
            .Where(finding => finding.Severity is FindingSeverity.Error or FindingSeverity.Warning)];
        if (found.Count > 0 && before?.TryReadUnchecked() is { } old)
        {
            // Places in lists change with every edit, and messages name what they are about.
            HashSet<(string, string)> known = [.. CheckUse(old.Claims, old.Claims.Issuer ?? "", CheckRules(old.Claims))
                .Select(finding => (finding.Rule, finding.Message))];
            found = [.. found.Where(finding => !known.Contains((finding.Rule, finding.Message)))];
        }

        // A server that ends is more than a user who stays out, be it an old one.
        Finding[] broken = [.. found.Where(finding => finding.Severity == FindingSeverity.Error || finding.Rule == TrustRules.TemplateCrash.Name)];
        return broken.Length == 0
            ? found
            : throw new NatsKeysException(
                ErrorCode.RuleBroken, $"The {path} breaks rules that servers enforce: {Findings.Show(broken)}. Nothing was signed.");
    }

    private OperatorClaims? Above(ClaimSet claims) => (parent as NatsOperator ?? parent?.Parent as NatsOperator)?.Claims ?? claims as OperatorClaims;

    private IReadOnlyList<Finding> CheckUse(ClaimSet claims, string issuer, Findings findings)
    {
        ClaimUse.Check(claims, now, findings);
        switch (claims)
        {
            case UserClaims user when parent is NatsAccount account:
                new UserChecks(account.Claims, findings.Servers).Check(user, issuer, findings);
                break;
            case AccountClaims account when Above(claims) is { } above && SystemAccountCheck.FaultOf(above, account, path.ToString()) is { } fault:
                findings.Add(ValidationRules.SystemJetStream, "limits", fault);
                break;
        }

        return findings.All;
    }
}
