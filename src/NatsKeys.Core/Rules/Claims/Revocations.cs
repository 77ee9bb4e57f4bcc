using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>Lists of revoked keys: per key, or <c>*</c> for all, the Unix second up to which tokens are refused.</summary>
public static class Revocations
{
    /// <summary>The entry for every key.</summary>
    public const string All = "*";

    /// <summary>Whether a token that was issued for a key at a Unix second is refused.</summary>
    internal static bool IsRevoked(IReadOnlyDictionary<string, long> revocations, string key, long issuedAt) =>
        (revocations.TryGetValue(key, out long own) && own >= issuedAt)
            || (revocations.TryGetValue(All, out long everybody) && everybody >= issuedAt);

    /// <summary>Whether a token is refused.</summary>
    internal static bool IsRevoked(IReadOnlyDictionary<string, long> revocations, ClaimSet claims) =>
        IsRevoked(revocations, claims.Subject ?? "", claims.IssuedAt);

    /// <summary>Adds a revocation. An existing one is never moved to an earlier time.</summary>
    /// <param name="revocations">The list.</param>
    /// <param name="key">The public key, or <see cref="All"/>.</param>
    /// <param name="upTo">The Unix second up to which tokens are refused.</param>
    public static void Revoke(ClaimTable<long> revocations, string key, long upTo) =>
        revocations[key] = Math.Max(upTo, revocations.GetValueOrDefault(key, long.MinValue));

    /// <summary>
    /// The time up to which a token of a key is to be refused from now on. What is signed twice in a second is issued in the next one, and is meant,
    /// too.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="issuedAt">When the token was issued, where that is known.</param>
    public static DateTimeOffset UpTo(DateTimeOffset now, DateTimeOffset? issuedAt) => issuedAt > now ? issuedAt.Value : now;

    /// <summary>
    /// The time up to which everybody's tokens are to be refused from now on. A token from the future does not decide for all: it would keep out
    /// everybody who comes later.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="issuedAt">When the newest token was issued, where that is known.</param>
    public static DateTimeOffset UpToForAll(DateTimeOffset now, DateTimeOffset? issuedAt) => IsFuture(issuedAt, now) ? now : UpTo(now, issuedAt);

    /// <summary>Whether a token says that it was issued later than clocks explain.</summary>
    /// <param name="issuedAt">When it was issued, where that is known.</param>
    /// <param name="now">The time.</param>
    internal static bool IsFuture(DateTimeOffset? issuedAt, DateTimeOffset now) => issuedAt > now + ClockSlack.WarnedAfter;

    /// <summary>The issue time of a token that is signed now, moved past a revocation of this moment, which would refuse it.</summary>
    internal static long After(IReadOnlyDictionary<string, long> revocations, string key, long issuedAt, long now)
    {
        long revoked = Math.Max(revocations.GetValueOrDefault(key), revocations.GetValueOrDefault(All));
        return revoked >= issuedAt && revoked <= now + (long)ClockSlack.WarnedAfter.TotalSeconds ? revoked + 1 : issuedAt;
    }

    /// <summary>Takes away the entries that the one for all covers.</summary>
    /// <param name="revocations">The list.</param>
    /// <returns>The keys whose entries were taken away.</returns>
    public static IReadOnlyList<string> Compact(ClaimTable<long> revocations)
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
