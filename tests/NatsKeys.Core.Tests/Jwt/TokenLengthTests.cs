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
        Assert.StartsWith("The token of 'U' would have", message, StringComparison.Ordinal);
        claims.Name = null;
        message = Refused.With(ErrorCode.TokenTooLarge, () => TokenLimits.LengthOf(claims)).Message;
        Assert.StartsWith("The token would have", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3992, false)]
    [InlineData(3993, true)]
    public void A_user_s_token_that_no_line_can_take_is_told_apart(int length, bool exceeds)
    {
        Assert.Equal(exceeds, TokenLimits.ExceedsControlLine(length));
        string warning = TokenLimits.Warning(ClaimKind.User, length, "user U")!;
        Assert.Equal(exceeds, warning.Contains("refuse it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ClaimKind.User, 3582, null)]
    [InlineData(ClaimKind.User, 3583, "may exceed")]
    [InlineData(ClaimKind.Account, 3583, null)]
    [InlineData(ClaimKind.Account, 943_718, null)]
    [InlineData(ClaimKind.Account, 943_719, "can then be pruned")]
    [InlineData(ClaimKind.Operator, 943_718, null)]
    [InlineData(ClaimKind.Operator, 943_719, "Remove claims that are not needed")]
    public void From_nine_tenths_of_a_limit_on_people_are_warned(ClaimKind kind, int length, string? words)
    {
        string? warning = TokenLimits.Warning(kind, length, "thing T");
        if (words is null)
        {
            Assert.Null(warning);
            return;
        }

        Assert.Contains("thing T", warning, StringComparison.Ordinal);
        Assert.Contains(words, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_names_what_the_token_is_about()
    {
        JsonObject payload = Tokens.Payload("user-min");
        string subject = payload.Text("sub");
        payload["aud"] = new string('x', 3000);
        Assert.Contains("of the UserMin has", Warning(payload), StringComparison.Ordinal);
        payload.Remove("name");
        Assert.Contains($"of the {subject} has", Warning(payload), StringComparison.Ordinal);
        payload.Remove("sub");
        Assert.Contains("of the  has", Warning(payload), StringComparison.Ordinal);
    }

    private static string? Warning(JsonObject payload) => TokenLimits.Warning(JwtReader.Read(Tokens.Sign(payload.ToJsonString(), "A1")));
}
