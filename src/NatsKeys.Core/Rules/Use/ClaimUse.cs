using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Checks how servers use claims, beyond the validation of the reference implementation: what they silently drop, what only some of them accept, and
/// what does not have the intended effect.
/// </summary>
internal static class ClaimUse
{
    /// <summary>Checks claims.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="now">The time.</param>
    /// <param name="findings">Receives the findings for its servers.</param>
    public static void Check(ClaimSet claims, DateTimeOffset now, Findings findings)
    {
        TimeRules.Check(claims, now, findings);
        TextRules.CheckNames(claims, findings);
        switch (claims)
        {
            case OperatorClaims operatorClaims:
                KeyListRules.Check(operatorClaims, findings);
                FeatureUse.Check(operatorClaims, findings);
                break;
            case AccountClaims account:
                MappingRules.CheckUse(account, findings);
                ImportUse.Check(account, findings);
                ExportUse.Check(account, findings);
                LimitUse.Check(account.Limits, findings);
                PermissionUse.Check(account.DefaultPermissions, "default_permissions", findings);
                ScopeUse.Check(account, findings);
                KeyListRules.Check(account, findings);
                FeatureUse.Check(account, findings);
                TextRules.CheckSubject(account.Trace?.Dest, "trace.dest", findings);
                break;
            case UserClaims user:
                PermissionUse.Check(user.Permissions, null, findings);
                LimitUse.Check(user.Permissions, null, null, findings);
                FeatureUse.Check(user.Permissions, null, null, findings);
                break;
        }
    }
}
