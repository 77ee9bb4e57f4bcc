using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Core.Tests.Jwt;

/// <summary>What of a token of version 1 has a place in the claims of version 2, and what has none.</summary>
public class VersionOneTests
{
    [Fact]
    public void An_activation_says_what_may_be_imported_and_for_whom()
    {
        var claims = (ActivationClaims)Read("v1-activation", _ => { });
        Assert.Equal(("orders.>", "stream"), (claims.ImportSubject, claims.ImportKind));
        Assert.NotNull(claims.IssuerAccount);
        Assert.Empty(claims.Unknown);
    }

    [Theory]
    [InlineData("v1-activation", "future")]
    [InlineData("v1-account", "payload,src,times,future")]
    public void What_version_2_has_no_place_for_is_dropped_and_what_nobody_knows_is_kept(string name, string kept)
    {
        ClaimSet claims = Read(name, payload =>
        {
            foreach (string member in new[] { "identity", "max", "payload", "src", "times", "future" })
            {
                payload["nats"]![member] = 7;
            }

            payload["beside"] = true;
        });
        Assert.Equal(kept.Split(',').Order(), claims.Unknown.Select(member => member.Key).Order());
        Assert.Equal("beside", Assert.Single(claims.Outer.Unknown).Key);
    }

    [Fact]
    public void Members_inside_that_have_a_meaning_in_version_2_alone_are_dropped()
    {
        ClaimSet claims = Read("v1-account", payload =>
        {
            JsonObject nats = payload["nats"]!.AsObject();
            (nats["type"], nats["tags"], nats["version"]) = ("operator", new JsonArray("inside"), 2);
        });
        Assert.Equal((1, ClaimKind.Account), (claims.Version, claims.Kind));
        Assert.Equal(["t"], claims.Tags);
        Assert.Empty(claims.Unknown);
    }

    [Fact]
    public void Type_and_tags_of_a_free_map_move_inside_and_other_members_stay_beside_it()
    {
        ClaimSet claims = JwtReader.ReadGeneric(Sign(
            "v1-account",
            payload => (payload["beside"], payload["nats"]!["type"], payload["nats"]!["inside"]) = (5, "other", 6))).Claims;
        Assert.Equal("account", Assert.Single(claims.Unknown, member => member.Key == "type").Value.GetString());
        Assert.Equal("t", Assert.Single(claims.Unknown, member => member.Key == "tags").Value[0].GetString());
        Assert.Contains(claims.Unknown, member => member.Key == "inside");
        Assert.Equal("beside", Assert.Single(claims.Outer.Unknown).Key);
        Assert.Equal(1, claims.Version);
    }

    [Fact]
    public void A_free_map_of_version_2_keeps_its_members_where_they_are()
    {
        JsonObject payload = Tokens.Payload("user-min");
        (payload["type"], payload["tags"]) = ("user", new JsonArray("t"));
        ClaimSet claims = JwtReader.ReadGeneric(Tokens.Sign(payload.ToJsonString(), "A1")).Claims;
        Assert.Equal(["tags", "type"], claims.Outer.Unknown.Select(member => member.Key).Order());
        Assert.Equal(2, claims.Version);
        Assert.DoesNotContain(claims.Unknown, member => member.Key == "tags");
    }

    private static JsonObject Vector(string name) =>
        Vectors.Load("jwt-v1.json")["cases"]!.AsArray().Single(entry => entry!["name"]!.ToString() == name)!.AsObject();

    private static string Sign(string name, Action<JsonObject> change)
    {
        JsonObject vector = Vector(name);
        JsonObject payload = Tokens.PayloadOf(vector.Text("token"));
        change(payload);
        return Tokens.Sign(payload.ToJsonString(), vector.Text("signer"), Tokens.HeaderOne, payloadOnly: true);
    }

    private static ClaimSet Read(string name, Action<JsonObject> change) => JwtReader.Read(Sign(name, change)).Claims;
}
