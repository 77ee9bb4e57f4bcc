using NatsKeys.Claims;

namespace NatsKeys.Validation;

/// <summary>Lists of revoked keys: per key, or <c>*</c> for all, the Unix second up to which tokens are refused.</summary>
internal static class Revocations
{
    /// <summary>The entry that stands for every key.</summary>
    public const string All = "*";

    /// <summary>Whether a token that was issued for a key at a Unix second is refused.</summary>
    public static bool IsRevoked(IReadOnlyDictionary<string, long> revocations, string key, long issuedAt) =>
        (revocations.TryGetValue(key, out long own) && own >= issuedAt) || (revocations.TryGetValue(All, out long everybody) && everybody >= issuedAt);

    /// <summary>Whether a token is refused.</summary>
    public static bool IsRevoked(IReadOnlyDictionary<string, long> revocations, ClaimSet claims) => IsRevoked(revocations, claims.Subject ?? "", claims.IssuedAt);

    /// <summary>Enters a revocation; one that stands is never moved to an earlier time.</summary>
    public static void Revoke(SortedDictionary<string, long> revocations, string key, long upTo) =>
        revocations[key] = Math.Max(upTo, revocations.GetValueOrDefault(key, long.MinValue));

    /// <summary>Takes away the entries that the one for all covers.</summary>
    /// <returns>The keys whose entries were taken away.</returns>
    public static IReadOnlyList<string> Compact(SortedDictionary<string, long> revocations)
    {
        if (!revocations.TryGetValue(All, out long everybody))
        {
            return [];
        }

        string[] covered = [.. revocations.Where(entry => entry.Key != All && entry.Value <= everybody).Select(entry => entry.Key)];
        foreach (string key in covered)
        {
            revocations.Remove(key);
        }

        return covered;
    }
}
