using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Jwt;

public sealed class JwtWriterTests : IDisposable
{
    private const long Now = 1_700_000_000;
    private readonly NatsKeyPair signer = NatsKeyPair.Generate(NatsKeyType.Account);
    private readonly NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);

    [Theory]
    [InlineData(0, Now)]
    [InlineData(Now - 2, Now)]
    [InlineData(Now - 1, Now)]
    [InlineData(Now, Now + 1)]
    [InlineData(Now + 5, Now + 6)]
    [InlineData(Now + 3600, Now + 3601)]
    [InlineData(Now + 3601, Now)]
    public void What_is_signed_again_comes_after_the_token_before_unless_that_is_far_in_the_future(long issuedAt, long expected) =>
        Assert.Equal(expected, JwtWriter.IssueTime(new UserClaims { IssuedAt = issuedAt }, Now));

    [Fact]
    public void Claims_that_were_signed_stay_their_owner_s_and_what_the_token_states_is_read_only()
    {
        UserClaims claims = Claims();
        NatsJwt token = JwtWriter.Sign(claims, signer, Now);
        Assert.Equal((signer.PublicKey, Now), (token.Issuer, token.Claims.IssuedAt));
        Assert.Equal(token.Token, JwtReader.Read(token.Token).Token);
        Assert.True(token.Claims.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => token.Claims.Tags.Add("x"));

        claims.Name = "another";
        claims.Tags.Add("x");
        claims.Permissions.Subs = 5;
        Assert.Equal(("U", -1L), (token.Name, ((UserClaims)token.Claims).Permissions.Subs));
        Assert.Empty(token.Tags);
    }

    [Fact]
    public void What_must_not_be_signed_is_refused_by_either_way_of_signing()
    {
        Refused.With(ErrorCode.InvalidClaims, () => JwtWriter.Sign(new UserClaims(), signer, Now));
        Refused.With(ErrorCode.InvalidClaims, () => JwtWriter.Write(new UserClaims(), signer));
        Refused.With(ErrorCode.TokenIssuer, () => JwtWriter.Sign(Claims(), user, Now));
        string message = Refused.With(ErrorCode.TokenIssuer, () => JwtWriter.Write(Claims(), user)).Message;
        Assert.Contains(user.PublicKey, message, StringComparison.Ordinal);
        Assert.Contains("kind user", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sub":"x","nats":{"a":1}}""")]
    [InlineData("""{"sub":"x"}""")]
    [InlineData("""{"sub":"x","nats":{"version":1}}""")]
    public void A_free_map_gets_the_version_of_the_layout(string json)
    {
        JsonObject payload = Tokens.PayloadOf(JwtWriter.Write(ClaimPayload.Parse(json), signer));
        Assert.Equal(2, payload["nats"]!["version"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    [InlineData(-1, false)]
    public void Latency_is_sampled_for_headers_or_for_a_share(long percent, bool isSigned)
    {
        var claims = new AccountClaims
        {
            Subject = signer.PublicKey,
            Exports =
            [
                new AccountExport { Subject = "a", Type = "service" },
                new AccountExport { Subject = "b", Type = "service", ServiceLatency = new ServiceLatency { Sampling = percent, Results = "r" } },
            ],
        };
        if (isSigned)
        {
            Assert.NotNull(JwtWriter.Write(claims, signer));
            return;
        }

        Assert.Contains("'b'", Refused.With(ErrorCode.InvalidClaims, () => JwtWriter.Write(claims, signer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_of_a_key_pair_need_not_be_checked_and_that_of_others_is()
    {
        NatsJwt own = JwtWriter.Sign(Claims(), signer, Now);
        Assert.True(own.IsChecked);
        Assert.Equal(own.Token, JwtReader.Read(own.Token).Token);

        NatsJwt foreign = JwtWriter.Sign(Claims(), new Liar(signer.PublicKey), Now);
        Assert.False(foreign.IsChecked);
        Refused.With(ErrorCode.TokenSignature, () => JwtReader.Check(foreign));
    }

    public void Dispose()
    {
        signer.Dispose();
        user.Dispose();
    }

    private UserClaims Claims() => new() { Name = "U", Subject = user.PublicKey };

    /// <summary>Says that it signs, and does not.</summary>
    private sealed class Liar(string publicKey) : ISigner
    {
        public string PublicKey => publicKey;

        public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => signature.Clear();
    }
}
