using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>Handles revocation lists. They map a public key, or <c>*</c> for all keys, to the Unix second up to which tokens are rejected.</summary>
internal static class Revocations
{
    /// <summary>The entry for every key.</summary>
    public const string All = "*";

    /// <summary>Whether a token that was issued for a key at a Unix second is revoked.</summary>
    internal static bool IsRevoked(IReadOnlyDictionary<string, long> revocations, string key, long issuedAt) =>
        (revocations.TryGetValue(key, out long own) && own >= issuedAt)
            || (revocations.TryGetValue(All, out long everybody) && everybody >= issuedAt);

    /// <summary>Whether a token is revoked.</summary>
    internal static bool IsRevoked(IReadOnlyDictionary<string, long> revocations, ClaimSet claims) =>
        IsRevoked(revocations, claims.Subject ?? "", claims.IssuedAt);

    /// <summary>Adds a revocation. An existing one is never moved to an earlier time.</summary>
    /// <param name="revocations">The list.</param>
    /// <param name="key">The public key, or <see cref="All"/>.</param>
    /// <param name="upTo">The Unix second up to which tokens are rejected.</param>
    public static void Revoke(ClaimTable<long> revocations, string key, long upTo) =>
        revocations[key] = Math.Max(upTo, revocations.GetValueOrDefault(key, long.MinValue));

    /// <summary>
    /// Gets the time up to which the tokens of a key must be rejected to revoke it now. A token may have a later issue time than now, because the
    /// second token within a second is issued in the next one. The revocation must cover that, too.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="issuedAt">When the token was issued; null if that is unknown.</param>
    public static DateTimeOffset UpTo(DateTimeOffset now, DateTimeOffset? issuedAt) => issuedAt > now ? issuedAt.Value : now;

    /// <summary>
    /// Gets the time up to which all tokens must be rejected to revoke all users now. A token from the far future is ignored: otherwise everybody who
    /// is added later would be locked out.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="issuedAt">When the newest token was issued; null if that is unknown.</param>
    public static DateTimeOffset UpToForAll(DateTimeOffset now, DateTimeOffset? issuedAt) => IsFuture(issuedAt, now) ? now : UpTo(now, issuedAt);

    /// <summary>Whether the issue time of a token is further in the future than differences between clocks explain.</summary>
    /// <param name="issuedAt">When it was issued; null if that is unknown.</param>
    /// <param name="now">The time.</param>
    internal static bool IsFuture(DateTimeOffset? issuedAt, DateTimeOffset now) => issuedAt > now + ClockSlack.WarnedAfter;

    /// <summary>Gets the issue time of a token that is signed now. If a current revocation would cover it, it is moved past that.</summary>
    internal static long After(IReadOnlyDictionary<string, long> revocations, string key, long issuedAt, long now)
    {
        long revoked = Math.Max(revocations.GetValueOrDefault(key), revocations.GetValueOrDefault(All));
        return revoked >= issuedAt && revoked <= now + (long)ClockSlack.WarnedAfter.TotalSeconds ? revoked + 1 : issuedAt;
    }

    /// <summary>Removes the entries that the entry for all keys covers.</summary>
    /// <param name="revocations">The list.</param>
    /// <returns>The keys whose entries were removed.</returns>
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
