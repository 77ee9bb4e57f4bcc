using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>Networks and zones of users, as servers read them and .NET does not.</summary>
public class UserRulesTests
{
    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("127.0.0.1/0", true)]
    [InlineData("127.0.0.1/0032", true)]
    [InlineData("::/0", true)]
    [InlineData("::ffff:127.0.0.1/104", true)]
    [InlineData("1:2:3:4:5:6:7::/64", true)]
    [InlineData("127.0.0.01/8", false)]
    [InlineData("0x7f.0.0.1/8", false)]
    [InlineData("127.1/8", false)]
    [InlineData("2130706433/8", false)]
    [InlineData("::ffff:127.0.0.01/128", false)]
    [InlineData("::ffff:127.0.1/128", false)]
    [InlineData("[::1]/128", false)]
    [InlineData("fe80::1%lo/64", false)]
    [InlineData("127.0.0.1/33", false)]
    [InlineData("127.0.0.1/+8", false)]
    [InlineData("127.0.0.1/ 8", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("/8", false)]
    [InlineData("", false)]
    public void A_network_is_one_that_servers_read(string network, bool isGood)
    {
        var user = new UserClaims();
        user.Permissions.Src.Add(network);
        Assert.Equal(isGood ? [] : ["user.src"], Rules(user));
    }

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("UTC", true)]
    [InlineData("Local", true)]
    [InlineData("Etc/UTC", true)]
    [InlineData("utc", false)]
    [InlineData("europe/berlin", false)]
    [InlineData("W. Europe Standard Time", false)]
    [InlineData("Europe/Nowhere", false)]
    [InlineData("../Europe/Berlin", false)]
    public void A_zone_is_one_that_servers_find(string zone, bool isGood)
    {
        // The runtime finds zones in any case that it has met before.
        _ = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var user = new UserClaims();
        user.Permissions.Times.Add(new TimeRange { Start = "08:00:00", End = "18:00:00" });
        user.Permissions.TimesLocation = zone;
        Assert.Equal(isGood ? [] : ["user.locale"], Rules(user));
    }

    private static IEnumerable<string> Rules(UserClaims user)
    {
        var findings = new Findings();
        UserRules.Check(user, findings);
        return findings.All.Select(finding => finding.Rule);
    }
}
