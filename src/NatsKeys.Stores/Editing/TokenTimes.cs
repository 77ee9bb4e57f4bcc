using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Warns of times in tokens that a store imports unchanged, because their times apply from then on.</summary>
internal static class TokenTimes
{
    /// <summary>Warns of times in the future.</summary>
    /// <param name="store">The store that takes the token.</param>
    /// <param name="path">The place of the entity.</param>
    /// <param name="claims">The claims of the token.</param>
    public static void Warn(NatsStore store, EntityPath path, ClaimSet claims)
    {
        var findings = new Findings();
        TimeRules.Check(claims, store.Clock.GetUtcNow(), findings);
        foreach (Finding finding in findings.All
            .Where(finding => finding.Rule == ValidationRules.IssuedInFuture.Name || finding.Rule == ValidationRules.RevokedInFuture.Name))
        {
            store.Notice($"The {path}: {finding.Message.TrimEnd('.')} ({finding.Rule}).");
        }
    }
}
