using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

public class ClaimDifferenceTests
{
    [Fact]
    public void What_differs_in_one_of_several_objects_is_named_alone()
    {
        AccountClaims Make(string subject) => new()
        {
            SigningKeys =
            [
                new AccountSigningKey { Key = "A1", IsScoped = true, Role = "r", Template = { Pub = { Allow = [subject] } } },
                new AccountSigningKey { Key = "A2", IsScoped = true, Role = "s" },
            ],
        };

        IReadOnlyList<ClaimDifference> found = ClaimDifference.Between(Make("a.>"), Make("b"));
        Assert.Equal(["+ signing_keys[r].template.pub.allow \"a.>\"", "- signing_keys[r].template.pub.allow \"b\""], found.Select(difference => difference.ToString()));
    }

    [Fact]
    public void Items_of_lists_are_told_one_by_one()
    {
        AccountClaims Make(params string[] subjects) => new() { Exports = [.. subjects.Select(subject => new AccountExport { Subject = subject, Type = "stream" })] };
        Assert.Equal(
            ["""+ exports {"subject":"b","type":"stream"}""", """- exports {"subject":"c","type":"stream"}"""],
            ClaimDifference.Between(Make("a", "b"), Make("c", "a")).Select(difference => difference.ToString()));
    }

    [Fact]
    public void An_item_that_changed_is_told_by_its_name_wherever_it_stands()
    {
        AccountExport Export(string subject, bool isPrivate) => new() { Subject = subject, Type = "stream", TokenReq = isPrivate };
        var wanted = new AccountClaims { Exports = [Export("b", true), Export("a", false)] };
        var signed = new AccountClaims { Exports = [Export("a", false), Export("b", false)] };
        Assert.Equal("exports[b].token_req not set → true", Assert.Single(ClaimDifference.Between(wanted, signed)).ToString());
    }

    [Fact]
    public void The_same_items_in_another_order_are_a_difference() =>
        Assert.Equal(
            """tags ["a","b"] → ["b","a"]""",
            Assert.Single(ClaimDifference.Between(new UserClaims { Tags = ["b", "a"] }, new UserClaims { Tags = ["a", "b"] })).ToString());

    [Fact]
    public void A_number_goes_from_what_is_signed_to_what_is_wanted()
    {
        var wanted = new AccountClaims { Limits = { Conn = 300 } };
        Assert.Equal("limits.conn 200 → 300", Assert.Single(ClaimDifference.Between(wanted, new AccountClaims { Limits = { Conn = 200 } })).ToString());
        Assert.Equal("limits.conn Unlimited → 300", Assert.Single(ClaimDifference.Between(wanted, new AccountClaims())).ToString());
    }

    [Fact]
    public void Of_thousands_the_first_are_told_and_the_others_counted()
    {
        AccountClaims Make(int count)
        {
            var claims = new AccountClaims();
            for (int index = 0; index < count; index++)
            {
                claims.Revocations[$"U{index:d5}"] = 1;
            }

            return claims;
        }

        IReadOnlyList<ClaimDifference> found = ClaimDifference.Between(Make(5000), Make(1));
        Assert.Equal(4999, found.Count);
        string told = ClaimDifference.Tell(found);
        Assert.Contains("revocations.U00001 not set → 1; ", told, StringComparison.Ordinal);
        Assert.EndsWith("; and 4,979 more", told, StringComparison.Ordinal);
        Assert.Equal(string.Join("; ", found.Take(3)), ClaimDifference.Tell([.. found.Take(3)]));
    }

    [Fact]
    public void Times_are_dates_for_people()
    {
        ClaimDifference found = Assert.Single(ClaimDifference.Between(new UserClaims { Expires = 1577836800 }, new UserClaims()));
        Assert.Equal(("1577836800", null), (found.Wanted, found.Signed));
        Assert.Equal("exp not set → 2020-01-01 00:00:00Z", found.ToString());
    }

    [Theory]
    [InlineData(@"a.\u003e", @"a.\\u003e")]
    [InlineData("a.>", "a.>")]
    public void Only_the_wildcard_itself_is_shown_without_its_escape(string subject, string shown)
    {
        var wanted = new UserClaims();
        wanted.Permissions.Pub.Allow.Add(subject);
        Assert.Equal($"\"{shown}\"", Assert.Single(ClaimDifference.Between(wanted, new UserClaims())).Wanted);
    }

    [Fact]
    public void A_seed_is_not_shown()
    {
        const string seed = "SAAK3EL5BW4ZOR7JVTXZ4OGTWPCFDN6QDXWCT45QEKBRTXQRQ6OIGIV4PA";
        ClaimDifference found = Assert.Single(ClaimDifference.Between(new OperatorClaims { SigningKeys = [seed] }, new OperatorClaims()));
        Assert.DoesNotContain(seed[..20], found.ToString() + found.Wanted, StringComparison.Ordinal);
    }
}
