using System.Text;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Hostile;

/// <summary>The shortest inputs of what the fuzz driver found.</summary>
public class FoundByFuzzingTests
{
    [Fact]
    public void A_curve_public_key_with_its_highest_bit_set_is_refused_or_stays_what_it_is()
    {
        byte[] raw = new byte[KeyEncoding.RawLength];
        (raw[0], raw[^1]) = (9, 0x80);
        string text = KeyEncoding.EncodePublic(NatsKeyType.Curve, raw);
        if (PublicNkey.TryGetType(text, out _))
        {
            using NatsKeyPair key = NatsKeyPair.FromPublicKey(text);
            Assert.Equal(text, key.PublicKey);
        }
    }

    [Theory]
    [InlineData("kind: user\n{a: b\nc: d\n")]
    [InlineData("kind: user\nname: [a\nb: c\n")]
    [InlineData("kind: user\nclaims: {a: {0\n  b: 0\n  c: 0\n")]
    [InlineData("kind: user\nissuer: [{[{a\nb: c\nd: e\n")]
    [InlineData("kind: \"\\UFFFFFFFF\"\n")]
    [InlineData("kind: \"\\U00110000\"\n")]
    [InlineData("kind: \"\\ud800\"\n")]
    public void Broken_yaml_is_an_error_with_a_place_and_not_one_of_the_parser(string text) =>
        Assert.StartsWith("Line ", Refused.With(ErrorCode.InvalidYaml, () => EntityFile.Read(text, EntityKind.User)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_free_map_of_version_1_with_a_type_of_its_own_can_be_looked_at()
    {
        string activation = Tokens.Sign(
            $$$"""{"iat":1543943675,"iss":"{{{Key("A1")}}}","sub":"{{{Key("A2")}}}","type":"activation","nats":{"subject":"foo","type":"service"}}""",
            "A1", Tokens.HeaderOne, payloadOnly: true);
        var claims = (GenericClaims)JwtReader.ReadGeneric(activation).Claims;
        Assert.Contains("subject", claims.Data.Keys);
        Assert.Single(claims.Unknown, member => member.Key == "type");
    }

    [Theory]
    [InlineData("""{"tags":["inner"]}""")]
    [InlineData("""{"tags":{}}""")]
    [InlineData("""{"TAGS":true}""")]
    [InlineData("""{"type":"user"}""")]
    [InlineData("""{"version":1}""")]
    public void Claims_of_version_1_can_be_written_and_read_in_version_2(string nats)
    {
        string token = Tokens.Sign(
            $$"""{"iss":"{{Key("A1")}}","sub":"{{Key("U1")}}","type":"user","nats":{{nats}}}""", "A1", Tokens.HeaderOne, payloadOnly: true);
        ClaimSet claims;
        try
        {
            claims = JwtReader.Read(token).Claims;
        }
        catch (NatsKeysException)
        {
            return;
        }

        string text = EntityFile.Write(new EntityDocument(claims, token));
        using NatsKeyPair signer = NatsKeyPair.FromSeed(Vectors.Seed("A1"));
        Assert.Equal(2, JwtReader.Read(JwtWriter.Write(EntityFile.Read(text, EntityKind.User).Wanted, signer)).Version);
        Assert.Equal(2, JwtReader.Read(JwtWriter.Write(claims, signer)).Version);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("""{"a":[1e999999]}""")]
    public void A_number_beyond_every_floating_point_number_is_refused_or_written_as_a_number(string number)
    {
        ClaimSet claims;
        string text;
        try
        {
            claims = JwtReader.ReadUnchecked($"{JwtWriter.Header}.{Tokens.Encode(Encoding.UTF8.GetBytes($$$"""{"nats":{"x":{{{number}}}}}"""))}.AA")
                .Claims;
            text = ClaimPayload.Write(claims);
        }
        catch (NatsKeysException)
        {
            return;
        }

        Assert.Equal(ClaimKind.Generic, ClaimPayload.Parse(text).Kind);
    }

    [Theory]
    [InlineData("kind: account\nclaims:\n  exports:\n  - subject: a\n    type: streams\n")]
    [InlineData("kind: account\nclaims:\n  imports:\n  - subject: a\n    type: Service\n")]
    [InlineData("kind: account\nclaims: {Tags: [a]}\n")]
    [InlineData("kind: account\nclaims: {Version: 2}\n")]
    [InlineData("kind: account\nother: {Exp: 1}\n")]
    [InlineData("kind: account\nother: {NATS: {}}\n")]
    public void What_a_file_takes_can_be_signed_and_read_again(string text)
    {
        ClaimSet wanted;
        string token;
        using NatsKeyPair signer = NatsKeyPair.FromSeed(Vectors.Seed("O1"));
        try
        {
            wanted = (ClaimSet)EntityFile.Read(text, EntityKind.Account).Wanted.Copy();
            wanted.Subject = Key("A1");
            token = JwtWriter.Write(wanted, signer);
        }
        catch (NatsKeysException)
        {
            // Refusing the file, or refusing to sign it, is as good.
            return;
        }

        Assert.Equal(wanted.Subject, JwtReader.Read(token).Subject);
    }

    [Theory]
    [InlineData("abc", "23:59:59")]
    [InlineData("08:00", "23:59:59")]
    [InlineData(null, "23:59:59")]
    [InlineData("00:00:00", "")]
    [InlineData("99999999:00:00", "99999999999:00:00")]
    public void A_role_whose_times_are_none_lets_nobody_in_and_throws_nothing(string? start, string? end)
    {
        using NatsKeyPair operatorKey = NatsKeyPair.FromSeed(Vectors.Seed("O1"));
        using NatsKeyPair account = NatsKeyPair.FromSeed(Vectors.Seed("A1"));
        using NatsKeyPair roleKey = NatsKeyPair.FromSeed(Vectors.Seed("A2"));
        var role = new AccountSigningKey { Key = roleKey.PublicKey, IsScoped = true, Role = "r" };
        role.Template.Times = [new TimeRange { Start = start, End = end }];
        string accountToken = JwtWriter.Write(new AccountClaims { Name = "A", Subject = account.PublicKey, SigningKeys = [role] }, operatorKey);
        var user = new UserClaims { Name = "U", Subject = Key("U1"), IssuerAccount = account.PublicKey };
        user.Permissions.SetLimits(0);
        var trust = new ServerTrust(
            JwtWriter.Write(new OperatorClaims { Name = "O", Subject = operatorKey.PublicKey }, operatorKey), _ => accountToken);
        Assert.False(trust.Decide(new ConnectAttempt(JwtWriter.Write(user, roleKey)) { Time = TimeProvider.System.GetUtcNow() }).IsAllowed);
    }

    [Fact]
    public void A_line_end_is_no_part_of_a_network_or_of_a_time()
    {
        Assert.Null(SourceNetwork.Parse("10.0.0.0/8\n"));
        var user = new UserClaims();
        user.Permissions.Times = [new TimeRange { Start = "08:00:00\n", End = "09:00:00" }];
        Assert.NotEmpty(ClaimValidator.Check(user, DateTimeOffset.UnixEpoch));
    }

    private static string Key(string label)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(label));
        return key.PublicKey;
    }
}
