using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Jwt;

public sealed class NatsJwtTests : IDisposable
{
    private readonly NatsKeyPair signer = NatsKeyPair.Generate(NatsKeyType.Account);
    private readonly NatsKeyPair account = NatsKeyPair.Generate(NatsKeyType.Account);
    private readonly NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);

    [Fact]
    public void A_token_tells_in_whose_name_its_signing_key_signed()
    {
        ClaimSet[] all =
        [
            new UserClaims { Subject = user.PublicKey, IssuerAccount = account.PublicKey },
            new ActivationClaims { Subject = account.PublicKey, IssuerAccount = account.PublicKey },
            new AuthorizationResponseClaims { Subject = user.PublicKey, IssuerAccount = account.PublicKey },
        ];
        Assert.All(all, claims => Assert.Equal(account.PublicKey, JwtReader.Read(JwtWriter.Write(claims, signer)).IssuerAccount));
        Assert.Null(JwtReader.Read(JwtWriter.Write(new AccountClaims { Subject = signer.PublicKey }, signer)).IssuerAccount);
    }

    [Fact]
    public void A_token_tells_its_times_and_labels()
    {
        NatsJwt token = JwtReader.Read(Tokens.User(expires: 1_900_000_000, notBefore: 1_800_000_000));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_900_000_000), token.Expires);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), token.NotBefore);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), token.IssuedAt);
        Assert.Equal(token.Token, token.ToString());
        Assert.Empty(token.Tags);
        Assert.Equal(["a"], JwtReader.Read(JwtWriter.Write(new UserClaims { Subject = user.PublicKey, Tags = ["a"] }, signer)).Tags);
    }

    [Fact]
    public void The_check_of_a_token_is_kept_only_where_its_claims_cannot_be_changed()
    {
        string token = Tokens.User();
        NatsJwt open = JwtReader.Check(JwtReader.ReadUnchecked(token));
        Assert.False(open.IsChecked);

        NatsJwt settled = JwtReader.ReadUnchecked(token);
        settled.Claims.Freeze();
        Assert.False(settled.IsChecked);
        Assert.True(JwtReader.Check(settled).IsChecked);
        Assert.Same(settled, JwtReader.Check(settled));

        NatsJwt tampered = JwtReader.ReadUnchecked(Tokens.Tampered(token));
        tampered.Claims.Freeze();
        Refused.With(ErrorCode.TokenSignature, () => JwtReader.Check(tampered));
        Assert.False(tampered.IsChecked);

        // What was checked is not checked once more.
        tampered.IsChecked = true;
        Assert.Same(tampered, JwtReader.Check(tampered));
    }

    [Fact]
    public void Where_there_is_no_good_token_none_is_read()
    {
        string token = Tokens.User();
        string tampered = Tokens.Tampered(token);
        Assert.Equal(token, JwtReader.TryRead(token)?.Token);
        Assert.Equal(tampered, JwtReader.TryReadUnchecked(tampered)?.Token);
        Assert.Null(JwtReader.TryRead(tampered));
        Assert.Null(JwtReader.TryReadUnchecked("eyJ"));
        foreach (string? none in new[] { null, "" })
        {
            Assert.Null(JwtReader.TryRead(none));
            Assert.Null(JwtReader.TryReadUnchecked(none));
        }
    }

    public void Dispose()
    {
        signer.Dispose();
        account.Dispose();
        user.Dispose();
    }
}
