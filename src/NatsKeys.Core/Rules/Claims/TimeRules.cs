using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>Finds times that contradict each other or the clock.</summary>
internal static class TimeRules
{
    /// <summary>The longest time, in seconds, for which servers can wait for an expiry: they count nanoseconds in 64 bits.</summary>
    private const long LongestWait = long.MaxValue / 1_000_000_000;

    public static void Check(ClaimSet claims, DateTimeOffset now, Findings findings)
    {
        if (claims.Expires > 0 && claims.NotBefore > 0 && claims.Expires <= claims.NotBefore)
        {
            findings.Add(
                ValidationRules.TimeOrder,
                "nbf",
                $"'{claims.Name}' expires at {UnixTime.ToDate(claims.Expires):u}, before it becomes valid at "
                    + $"{UnixTime.ToDate(claims.NotBefore):u}: it is never valid.");
        }

        if (claims is UserClaims or AccountClaims && (claims.Expires < 0 || claims.Expires > now.ToUnixTimeSeconds() + LongestWait))
        {
            findings.Add(
                ValidationRules.TimeRange, "exp",
                claims.Expires < 0
                    ? $"'{claims.Name}' expires {-(decimal)claims.Expires} seconds before 1970: servers close its connections at once."
                    : $"'{claims.Name}' expires in more than 292 years, which servers do not support: they close its connections at once or at some "
                        + "other time.");
        }

        long limit = (now + ClockSlack.WarnedAfter).ToUnixTimeSeconds();
        if (claims.IssuedAt > limit)
        {
            findings.Add(
                ValidationRules.IssuedInFuture,
                "iat",
                $"'{claims.Name}' was issued at {UnixTime.ToDate(claims.IssuedAt):u}, which is in the future: revocations made until then do not "
                    + "cover it.");
        }

        if (claims is AccountClaims account)
        {
            CheckRevocations(account.Revocations, "revocations", limit, findings);
            for (int index = 0; index < account.Exports.Count; index++)
            {
                CheckRevocations(account.Exports[index].Revocations, new ClaimPath("exports", index, "revocations"), limit, findings);
            }
        }
    }

    private static void CheckRevocations(ClaimTable<long> revocations, ClaimPath claim, long limit, Findings findings)
    {
        foreach ((string key, long upTo) in revocations)
        {
            if (upTo > limit)
            {
                string whose = key == Revocations.All ? "all users" : key;
                findings.Add(
                    ValidationRules.RevokedInFuture,
                    claim,
                    $"The revocation of {whose} covers tokens until {UnixTime.ToDate(upTo):u}, which is in the future: tokens issued until then are "
                        + "refused, too.");
            }
        }
    }
}
