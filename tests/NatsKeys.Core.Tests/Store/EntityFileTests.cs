using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Jwt;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public class EntityFileTests
{
    private static readonly string[] Kinds = ["operator", "account", "user"];

    /// <summary>Tokens that are not signed by what stands above them, or not for this time.</summary>
    private static readonly Dictionary<string, string> OtherStates = new()
    {
        ["operator-by-other"] = EntityState.Untrusted,
        ["account-self-signed"] = EntityState.Untrusted,
        ["user-not-yet"] = EntityState.NotYetValid,
    };

    public static TheoryData<string, string> Exact
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (JsonNode? entry in Vectors.Load("jwt-v2-exact.json")["cases"]!.AsArray())
            {
                if (Kinds.Contains(entry!["claim_type"]!.ToString()))
                {
                    data.Add(entry["name"]!.ToString(), entry.ToJsonString());
                }
            }

            return data;
        }
    }

    public static TheoryData<string> OddTexts =>
        ["true", "null", "~", "123", "1.5", "2027-01-01", "*", "> x", ": ", "#", " leading", "trailing ", "two\nlines", "\u0007", "\u2028", "日本語 😀",
            "'\"\\", "- x", "---"];

    [Theory]
    [MemberData(nameof(Exact))]
    public void A_token_comes_through_yaml_to_the_byte(string name, string json)
    {
        JsonObject vector = Vectors.Case(json);
        EntityKind kind = Enum.Parse<EntityKind>(vector.Text("claim_type"), ignoreCase: true);
        string token = vector.Text("token");
        string text = EntityFile.Write(new EntityDocument(JwtReader.Read(token).Claims, token));
        EntityDocument read = EntityFile.Read(text, kind);

        using NatsKeyPair signer = NatsKeyPair.FromSeed(vector.Text("signer_seed"));
        Assert.Equal(token, read.Jwt);
        Assert.Equal(token, JwtWriter.Write(read.Wanted, signer, new FixedClock(vector["iat"]!.GetValue<long>())));
        Assert.True(text == EntityFile.Write(EntityFile.Read(text, kind)), name);
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void The_state_on_disk_agrees_with_the_token(string name, string json)
    {
        JsonObject vector = Vectors.Case(json);
        string token = vector.Text("token");
        using var box = new StoreBox(StorePlace.Disk);
        box.Clock.Now = DateTimeOffset.FromUnixTimeSeconds(vector["iat"]!.GetValue<long>());
        EntityPath path = PutBelowItsSigner(box, token);
        Assert.Equal(OtherStates.GetValueOrDefault(name, EntityState.Signed), box.Store.Get(path).State);
    }

    [Fact]
    public void What_a_new_entity_has_is_left_out()
    {
        string token = Tokens.Exact("user-min");
        NatsJwt jwt = JwtReader.Read(token);
        string expected = $"kind: user\nname: UserMin\nsubject: {jwt.Subject}\nissuer: {jwt.Issuer}\njwt: {token}\n";
        Assert.Equal(expected, EntityFile.Write(new EntityDocument(jwt.Claims, token)));
    }

    [Fact]
    public void A_limit_that_a_token_leaves_out_is_written_as_0_and_read_as_0()
    {
        JsonObject payload = Tokens.Payload("account-min");
        JsonObject limits = payload["nats"]!["limits"]!.AsObject();
        limits.Remove("conn");
        limits.Remove("wildcards");
        string text = EntityFile.Write(new EntityDocument(JwtReader.Read(Tokens.Sign(payload.ToJsonString(), "O1")).Claims, Jwt: null));
        var read = (AccountClaims)EntityFile.Read(text, EntityKind.Account).Wanted;

        Assert.Contains("claims:\n  limits:\n    wildcards: false\n    conn: 0\n", text, StringComparison.Ordinal);
        Assert.Equal((0, -1, false), (read.Limits.Conn, read.Limits.Leaf, read.Limits.Wildcards));
    }

    [Fact]
    public void A_limit_that_a_file_leaves_out_is_that_of_a_new_entity()
    {
        var account = (AccountClaims)EntityFile.Read("kind: account\nclaims:\n  limits: { conn: 5 }\n", EntityKind.Account).Wanted;
        var user = (UserClaims)EntityFile.Read("kind: user\nclaims:\n  bearer_token: true\n", EntityKind.User).Wanted;
        Assert.Equal((5, -1, true), (account.Limits.Conn, account.Limits.Leaf, account.Limits.Wildcards));
        Assert.Equal((-1, -1, -1), (user.Permissions.Subs, user.Permissions.Data, user.Permissions.Payload));
    }

    [Theory]
    [InlineData("""{"a":{"b":[1,"1",true,"true",null,"null",{}]},"c":""}""")]
    [InlineData("\"2027-01-01\"")]
    [InlineData("\"two\\nlines\\u0007\"")]
    [InlineData("\" leading\"")]
    [InlineData("-7")]
    [InlineData("9223372036854775807")]
    [InlineData("12345678901234567890")]
    [InlineData("0.1")]
    [InlineData("1.5e300")]
    [InlineData("1e3")]
    [InlineData("123456789012345678901234567890.5")]
    [InlineData("1e400")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[[[[]]]]")]
    [InlineData("""{"true":1,"1":2,"":3,"null":4,"a: b":5,"*":6}""")]
    public void Claims_that_this_version_does_not_know_survive(string value)
    {
        JsonObject payload = Tokens.Payload("account-full");
        JsonObject nats = payload["nats"]!.AsObject();
        JsonObject[] places =
            [payload, nats, nats["limits"]!.AsObject(), nats["exports"]![0]!.AsObject(), nats["imports"]![0]!.AsObject(),
                nats["default_permissions"]!["pub"]!.AsObject(), nats["authorization"]!.AsObject()];
        foreach (JsonObject place in places)
        {
            place["x_future"] = JsonNode.Parse(value);
        }

        string text = EntityFile.Write(new EntityDocument(JwtReader.Read(Tokens.Sign(payload.ToJsonString(), "O2")).Claims, Jwt: null));
        JsonObject again = Signed(EntityFile.Read(text, EntityKind.Account).Wanted, "O2", payload["iat"]!.GetValue<long>());
        Assert.True(JsonNode.DeepEquals(payload, again), $"{value} became {again["x_future"]?.ToJsonString()}");
    }

    [Fact]
    public void An_unknown_claim_may_be_as_deep_as_a_token_can_be()
    {
        // A token's JSON is read to a depth of 64, of which the payload and 'nats' take two.
        JsonObject payload = Tokens.Payload("user-min");
        payload["nats"]!["x_future"] = JsonNode.Parse(new string('[', 62) + "1" + new string(']', 62));
        string text = EntityFile.Write(new EntityDocument(JwtReader.Read(Tokens.Sign(payload.ToJsonString(), "A1")).Claims, Jwt: null));
        Assert.True(JsonNode.DeepEquals(payload, Signed(EntityFile.Read(text, EntityKind.User).Wanted, "A1", payload["iat"]!.GetValue<long>())));
    }

    [Theory]
    [MemberData(nameof(OddTexts))]
    public void Texts_stay_texts(string text)
    {
        var claims = new AccountClaims { Name = text, Audience = text, Description = text, Tags = [text, "b"] };
        claims.Exports.Add(new AccountExport { Subject = text, Description = text });
        claims.Mappings[text] = [new WeightedMapping { Subject = text }];
        claims.Authorization.AllowedAccounts.Add(text);
        var read = (AccountClaims)EntityFile.Read(EntityFile.Write(new EntityDocument(claims, Jwt: null)), EntityKind.Account).Wanted;

        Assert.Equal((text, text, text), (read.Name, read.Audience, read.Description));
        Assert.Equal([text, "b"], read.Tags);
        Assert.Equal((text, text), (read.Exports[0].Subject, read.Exports[0].Description));
        Assert.Equal(text, read.Mappings[text][0].Subject);
        Assert.Equal([text], read.Authorization.AllowedAccounts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-5)]
    [InlineData(1_700_000_000)]
    [InlineData(253_402_300_799)]
    [InlineData(253_402_300_800)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Any_time_that_a_token_can_carry_survives(long seconds)
    {
        EntityDocument read = EntityFile.Read(
            EntityFile.Write(new EntityDocument(new UserClaims { Expires = seconds, NotBefore = seconds }, Jwt: null)), EntityKind.User);
        Assert.Equal((seconds, seconds), (read.Wanted.Expires, read.Wanted.NotBefore));
    }

    [Theory]
    [InlineData("expires: 2027-01-31", "2027-01-31T00:00:00Z")]
    [InlineData("expires: 2027-01-31T12:00:00+02:00", "2027-01-31T10:00:00Z")]
    [InlineData("expires: '2027-01-31 12:00:00'", "2027-01-31T12:00:00Z")]
    [InlineData("expires:", null)]
    public void Dates_are_read_as_people_write_them(string line, string? expected)
    {
        long expires = EntityFile.Read($"kind: user\n{line}\n", EntityKind.User).Wanted.Expires;
        Assert.Equal(expected is null ? 0 : DateTimeOffset.Parse(expected, null).ToUnixTimeSeconds(), expires);
    }

    private static JsonObject Signed(ClaimSet claims, string signer, long issuedAt)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(signer));
        return Tokens.PayloadOf(JwtWriter.Write(claims, key, new FixedClock(issuedAt)));
    }

    /// <summary>Puts an entity into a store, below parents that trust its signer.</summary>
    private static EntityPath PutBelowItsSigner(StoreBox box, string token)
    {
        ClaimSet claims = JwtReader.Read(token).Claims;
        EntityPath path = claims.Kind switch
        {
            ClaimKind.Operator => StoreBox.O,
            ClaimKind.Account => StoreBox.A,
            _ => StoreBox.U,
        };

        // The names of the vectors are no names of files; the name in the claims is another matter.
        if (claims is UserClaims user)
        {
            var account = new AccountClaims { Name = "A", Subject = user.IssuerAccount ?? user.Issuer };
            account.SigningKeys.Add(new AccountSigningKey { Key = user.Issuer! });
            box.Store.Save(StoreBox.A, new EntityDocument(account, Jwt: null));
        }

        if (claims is not OperatorClaims)
        {
            string above = claims is AccountClaims && PublicNkey.Is(claims.Issuer, NatsKeyType.Operator) ? claims.Issuer!
                : Tokens.Payload("operator-min").Text("sub");
            box.Store.Save(StoreBox.O, new EntityDocument(new OperatorClaims { Name = "O", Subject = above }, Jwt: null));
        }

        box.Store.Save(path, new EntityDocument(claims, token));
        return path;
    }
}
