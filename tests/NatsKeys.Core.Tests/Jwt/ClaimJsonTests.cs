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
}
