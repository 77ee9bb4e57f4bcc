using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Times that somebody else stated in a token that a store takes as it is. They count from then on, so whoever takes it is told.</summary>
internal static class TokenTimes
{
    /// <summary>Tells of times from the future.</summary>
    /// <param name="store">The store that takes the token.</param>
    /// <param name="path">The place of the entity.</param>
    /// <param name="claims">What the token states.</param>
    public static void Tell(NatsStore store, EntityPath path, ClaimSet claims)
    {
        var findings = new Findings();
        TimeSlips.Check(claims, store.Clock.GetUtcNow(), findings);
        foreach (Finding finding in findings.All
            .Where(finding => finding.Rule == ValidationRules.IssuedInFuture.Name || finding.Rule == ValidationRules.RevokedInFuture.Name))
        {
            store.Notice($"The {path}: {finding.Message.TrimEnd('.')} ({finding.Rule}).");
        }
    }
}
