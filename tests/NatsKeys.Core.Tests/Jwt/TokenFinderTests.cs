using NatsKeys.Jwt;

namespace NatsKeys.Core.Tests.Jwt;

public class TokenFinderTests
{
    [Theory]
    [InlineData("eyJa.b.c", "eyJa.b.c")]
    [InlineData("\ufeffeyJa.b.c", "eyJa.b.c")]
    [InlineData("  \teyJa.b.c  \r\n", "eyJa.b.c")]
    [InlineData("-----BEGIN NATS USER JWT-----\neyJa.b.c\n------END NATS USER JWT------\n\neyJsecond\n", "eyJa.b.c")]
    public void The_first_line_that_begins_as_tokens_do_is_the_token(string text, string token) => Assert.Equal(token, TokenFinder.Find(text));

    [Theory]
    [InlineData("")]
    [InlineData("a eyJa.b.c")]
    [InlineData("EYJa.b.c")]
    public void A_text_without_such_a_line_has_no_token(string text) => Refused.With(ErrorCode.TokenMalformed, () => TokenFinder.Find(text));
}
