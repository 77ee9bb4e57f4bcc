using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Applies the checks of a store to claims before they are signed: what servers drop, what some of them reject, and which users they accept.
/// </summary>
/// <param name="now">The time.</param>
/// <param name="path">The entity.</param>
/// <param name="parent">The parent entity; null for an operator.</param>
internal sealed class UseGate(DateTimeOffset now, EntityPath path, NatsEntity? parent)
{
    /// <summary>Checks claims against the rules of the reference implementation.</summary>
    /// <param name="claims">The new claims of the entity.</param>
    /// <returns>The findings; the errors among them are those of the newest servers.</returns>
    public Findings CheckRules(ClaimSet claims)
    {
        var findings = new Findings(ServerVersions.Since(Above(claims)?.AssertServerVersion));
        ClaimValidator.Check(claims, now, findings);
        return findings;
    }

    /// <summary>Throws if new claims break a rule that servers enforce.</summary>
    /// <param name="claims">The new claims of the entity.</param>
    /// <param name="rules">The result of <see cref="CheckRules"/>.</param>
    /// <param name="issuer">The key that will sign it.</param>
    /// <param name="before">The previously signed document; null for a new entity.</param>
    /// <returns>The other new problems that the user should know.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.RuleBroken"/>.</exception>
    public IReadOnlyList<Finding> Require(ClaimSet claims, Findings rules, string issuer, EntityDocument? before)
    {
        IReadOnlyList<Finding> all = CheckUse(claims, issuer, rules);
        if (all.Count == 0)
        {
            return [];
        }

        IReadOnlyList<Finding> found = [.. all
            .Where(finding => finding.Severity is FindingSeverity.Error or FindingSeverity.Warning)];
        if (found.Count > 0 && before?.TryReadUnchecked() is { } old)
        {
            // Messages identify problems, because positions in lists change with every edit.
            HashSet<(string, string)> known = [.. CheckUse(old.Claims, old.Claims.Issuer ?? "", CheckRules(old.Claims))
                .Select(finding => (finding.Rule, finding.Message))];
            found = [.. found.Where(finding => !known.Contains((finding.Rule, finding.Message)))];
        }

        // A crash of the server is worse than a user who cannot connect, even if the server is old.
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
