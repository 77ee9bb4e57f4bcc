using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Core.Tests.Jwt;

/// <summary>Texts that no token can carry are found, and texts about them are not.</summary>
public class ClaimJsonTests
{
    /// <summary>A half stands for half a character, which no test runner can show.</summary>
    [Theory]
    [InlineData("plain", false)]
    [InlineData("\ufffd", false)]
    [InlineData("\\ufffd", false)]
    [InlineData("\\\\ufffd", false)]
    [InlineData("{half}", true)]
    [InlineData("a{half}b", true)]
    [InlineData("\\{half}", true)]
    [InlineData("\\ufffd {half}", true)]
    [InlineData("\\ufffd \\ufffd", false)]
    public void Half_a_character_is_found_in_claims(string form, bool isBroken)
    {
        foreach (string half in new[] { "\ud800", "\udc00" })
        {
            string text = form.Replace("{half}", half, StringComparison.Ordinal);
            Assert.Equal(isBroken, ClaimJson.HasBrokenText(new UserClaims { Name = text }));
            Assert.Equal(isBroken, ClaimJson.HasBrokenText(new UserClaims { Tags = ["x", text] }));
        }
    }

    /// <summary>Every form of member can have a text.</summary>
    [Fact]
    public void Half_a_character_is_found_wherever_claims_have_a_text()
    {
        const string half = "a\ud800";
        AssertBroken(new UserClaims { IssuerAccount = half });
        AssertBroken(new UserClaims { Permissions = new UserPermissions { Pub = new SubjectPermission { Deny = [half] } } });
        AssertBroken(new UserClaims { Permissions = new UserPermissions { Times = [new TimeRange { End = half }] } });
        AssertBroken(Account(account => account.Exports.Add(new AccountExport { Name = half })));
        AssertBroken(Account(account => account.SigningKeys.Add(new AccountSigningKey { Key = half })));
        var template = new UserPermissions { Sub = new SubjectPermission { Allow = [half] } };
        AssertBroken(Account(account => account.SigningKeys.Add(new AccountSigningKey { Key = "x", IsScoped = true, Template = template })));
        AssertBroken(Account(account => account.Revocations[half] = 1));
        AssertBroken(Account(account => account.Mappings[half] = [new WeightedMapping { Subject = "x" }]));
        AssertBroken(Account(account => account.Mappings["x"] = [new WeightedMapping { Subject = half }]));
        AssertBroken(Account(account => account.Limits.TieredLimits[half] = new JetStreamLimits()));
        AssertBroken(Account(account => account.Authorization.AllowedAccounts.Add(half)));
        AssertBroken(Account(account => account.Trace = new MessageTrace { Dest = half }));
        AssertBroken(new OperatorClaims { OperatorServiceUrls = [half] });
    }

    [Fact]
    public void A_whole_character_of_two_halves_is_none() =>
        Assert.False(ClaimJson.HasBrokenText(new UserClaims { Name = "\U0001f600", Tags = ["\U0001f600"] }));

    [Fact]
    public void A_text_that_cannot_be_written_leaves_nothing_in_the_next_one()
    {
        var good = new UserClaims { Name = "good" };
        byte[] before = ClaimJson.WishOf(good);
        var bad = new AccountClaims { Name = "bad" };
        bad.Mappings["x"] = [new WeightedMapping { Subject = "y", Weight = 1000 }];
        Assert.Throws<NatsKeysException>(() => ClaimJson.WishOf(bad));
        Assert.Equal(before, ClaimJson.WishOf(good));
        Assert.True(ClaimJson.SameWish(good, good));
    }

    [Fact]
    public void Two_borrowed_writers_are_not_the_same()
    {
        GoJsonWriter first = GoJsonWriter.Borrow();
        GoJsonWriter second = GoJsonWriter.Borrow();
        first.Text("a");
        second.Text("b");
        Assert.Equal("\"a\""u8, first.Written);
        Assert.Equal("\"b\""u8, second.Written);
        first.Return();
        second.Return();
        Assert.Equal(0, GoJsonWriter.Borrow().Written.Length);
        Assert.Equal(0, GoJsonWriter.Borrow().Written.Length);
    }

    [Fact]
    public void Claims_want_the_same_whoever_signed_them_and_when()
    {
        ClaimSet signed = JwtReader.Read(Tokens.Exact("user-min")).Claims;
        var other = (ClaimSet)signed.Copy();
        (other.Issuer, other.IssuedAt, other.Id) = ("somebody", 7, "x");
        Assert.True(ClaimJson.SameWish(signed, other));
        Assert.Equal(ClaimJson.WishOf(signed), ClaimJson.WishOf(other));

        other.Name = "Another";
        Assert.False(ClaimJson.SameWish(signed, other));
        Assert.NotEqual(ClaimJson.WishOf(signed), ClaimJson.WishOf(other));
    }

    [Theory]
    [InlineData("""{"sub":"x","nats":{"a":1},"beside":[2]}""")]
    [InlineData("""{"sub":"x","nats":{"subs":-1,"data":-1,"payload":-1,"type":"user","version":2},"beside":{"b":2}}""")]
    public void Members_that_nobody_knows_are_written_where_they_stood(string json)
    {
        JsonNode written = JsonNode.Parse(ClaimPayload.Write(ClaimPayload.Parse(json)))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json)!["beside"], written["beside"]), written.ToJsonString());
    }

    [Fact]
    public void A_free_map_without_members_has_no_place_for_them() =>
        Assert.Equal("""{"sub":"x"}""", ClaimPayload.Write(new GenericClaims { Subject = "x" }));

    [Fact]
    public void Claims_are_read_from_text_that_names_no_version()
    {
        ClaimSet claims = ClaimPayload.Parse("""{"sub":"x","nats":{"type":"user","subs":5}}""");
        Assert.Equal((2, 5L), (claims.Version, Assert.IsType<UserClaims>(claims).Permissions.Subs));
    }

    [Theory]
    [InlineData("[]", false)]
    [InlineData("{", false)]
    [InlineData("{\"nats\":5}", true)]
    public void What_are_no_claims_is_refused(string json, bool namesMember) =>
        Assert.Equal(namesMember, Refused.With(
            ErrorCode.TokenMalformed, () => ClaimPayload.Parse(json)).Message.Contains("'nats'", StringComparison.Ordinal));

    private static AccountClaims Account(Action<AccountClaims> change)
    {
        var account = new AccountClaims();
        change(account);
        return account;
    }

    private static void AssertBroken(ClaimSet claims) => Assert.True(ClaimJson.HasBrokenText(claims), claims.ToString());
}
