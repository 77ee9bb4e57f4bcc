using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>Which times contradict each other or the clock, to the second.</summary>
public class TimeRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(100, 0, false)]
    [InlineData(0, 100, false)]
    [InlineData(100, 101, true)]
    [InlineData(100, 100, true)]
    [InlineData(101, 100, false)]
    public void What_expires_before_it_is_valid_is_never_valid(long expires, long notBefore, bool isFound) =>
        Assert.Equal(isFound ? ["nbf"] : [], Found(new OperatorClaims { Expires = expires, NotBefore = notBefore }).Select(found => found.Claim));

    [Fact]
    public void A_time_before_1970_and_one_that_no_server_can_wait_for_are_told_apart()
    {
        Assert.Contains("7 seconds before 1970", Assert.Single(Found(new UserClaims { Expires = -7 })).Message, StringComparison.Ordinal);
        long last = Now.ToUnixTimeSeconds() + (long.MaxValue / 1_000_000_000);
        Assert.Empty(Found(new UserClaims { Expires = last }));
        Assert.Contains("292 years", Assert.Single(Found(new AccountClaims { Expires = last + 1 })).Message, StringComparison.Ordinal);
        Assert.Empty(Found(new OperatorClaims { Expires = -7 }));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void What_is_issued_or_revoked_later_than_clocks_differ_is_in_the_future(int seconds, bool isFound)
    {
        long time = (Now + ClockSlack.WarnedAfter).ToUnixTimeSeconds() + seconds;
        Assert.Equal(isFound ? ["iat"] : [], Found(new UserClaims { IssuedAt = time }).Select(found => found.Claim));

        var account = new AccountClaims { Exports = [new AccountExport { Subject = "x", Revocations = { ["A1"] = time } }] };
        account.Revocations["U1"] = time;
        account.Revocations[Revocations.All] = time;
        string[] messages = [.. Found(account).Select(found => found.Message)];
        Assert.Equal(isFound ? 3 : 0, messages.Length);
        foreach (string whose in isFound ? ["U1", "all users", "A1"] : Array.Empty<string>())
        {
            Assert.Single(messages, message => message.StartsWith($"The revocation of {whose} covers", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<Finding> Found(ClaimSet claims)
    {
        var findings = new Findings();
        TimeRules.Check(claims, Now, findings);
        return findings.All;
    }
}
