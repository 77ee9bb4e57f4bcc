using System.Globalization;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Jwt;

/// <summary>The lengths that tokens will have, and what people are told of them.</summary>
public class TokenLengthTests
{
    [Fact]
    public void The_length_of_a_token_is_known_before_it_is_signed()
    {
        using NatsKeyPair signer = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);
        for (int letters = 0; letters < 4; letters++)
        {
            var claims = new UserClaims { Name = new string('x', letters), Subject = user.PublicKey };
            NatsJwt token = JwtReader.Read(JwtWriter.Write(claims, signer));
            Assert.Equal(token.Token.Length, TokenLimits.LengthOf(ClaimJson.Payload(token.Claims)));

            // Before it is signed nobody knows it to the letter.
            Assert.InRange(TokenLimits.LengthOf(claims), token.Token.Length, token.Token.Length + 300);
        }
    }

    [Fact]
    public void What_could_not_be_read_again_has_no_length()
    {
        string tooLong = new('x', 800_000);
        var claims = new UserClaims { Name = "U", Audience = tooLong };
        string message = Refused.With(ErrorCode.TokenTooLarge, () => TokenLimits.LengthOf(claims)).Message;
        Assert.Contains("'U'", message, StringComparison.Ordinal);
        claims.Name = null;
        message = Refused.With(ErrorCode.TokenTooLarge, () => TokenLimits.LengthOf(claims)).Message;
        Assert.DoesNotContain("'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_s_token_that_no_line_can_take_is_told_apart()
    {
        Assert.False(TokenLimits.ExceedsControlLine(3992));
        Assert.True(TokenLimits.ExceedsControlLine(3993));
        Assert.NotEqual(About(ClaimKind.User, 3992), About(ClaimKind.User, 3993));
        Assert.Equal(About(ClaimKind.User, 3991), About(ClaimKind.User, 3992));
        Assert.Equal(About(ClaimKind.User, 3993), About(ClaimKind.User, 3994));
    }

    [Fact]
    public void How_to_shorten_a_token_depends_on_what_it_states()
    {
        Assert.Contains("revocation", TokenLimits.Warning(ClaimKind.Account, 943_719, "thing"), StringComparison.Ordinal);
        Assert.DoesNotContain("revocation", TokenLimits.Warning(ClaimKind.Operator, 943_719, "thing"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClaimKind.User, 3582, null)]
    [InlineData(ClaimKind.User, 3583, "(connect.control-line)")]
    [InlineData(ClaimKind.Account, 3583, null)]
    [InlineData(ClaimKind.Account, 943_718, null)]
    [InlineData(ClaimKind.Account, 943_719, "1,048,576")]
    [InlineData(ClaimKind.Operator, 943_718, null)]
    [InlineData(ClaimKind.Operator, 943_719, "1,048,576")]
    public void From_nine_tenths_of_a_limit_on_people_are_warned(ClaimKind kind, int length, string? limit)
    {
        string? warning = TokenLimits.Warning(kind, length, "thing T");
        if (limit is null)
        {
            Assert.Null(warning);
            return;
        }

        Assert.Contains("thing T", warning, StringComparison.Ordinal);
        Assert.Contains(limit, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_names_what_the_token_is_about()
    {
        JsonObject payload = Tokens.Payload("user-min");
        string subject = payload.Text("sub");
        payload["aud"] = new string('x', 3000);
        Assert.Contains("UserMin", Warning(payload), StringComparison.Ordinal);
        payload.Remove("name");
        Assert.Contains(subject, Warning(payload), StringComparison.Ordinal);
        payload.Remove("sub");
        Assert.NotNull(Warning(payload));
    }

    /// <summary>What is said of a length, without the length.</summary>
    private static string About(ClaimKind kind, int length) =>
        TokenLimits.Warning(kind, length, "thing T")!.Replace(length.ToString("N0", CultureInfo.InvariantCulture), "", StringComparison.Ordinal);

    private static string? Warning(JsonObject payload) => TokenLimits.Warning(JwtReader.Read(Tokens.Sign(payload.ToJsonString(), "A1")));
}
