using System.Text;
using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Core.Tests.Hostile;

public class HostileTokenTests
{
    private const int Megabyte = 1024 * 1024;

    private static readonly string Header = JwtWriter.Header + ".";

    public static TheoryData<string> DuplicateMembers =>
    [
        """{"iss":"a","iss":"b","nats":{}}""", """{"nats":{"type":"user","version":2,"type":"account"}}""",
        """{"nats":{"type":"user","version":2},"nats":{}}""",
        """{"nats":{"type":"user","version":2,"pub":{"allow":[],"allow":["x"]}}}""", """{"nats":{"type":"user","version":2,"x_new":{"a":1,"a":2}}}""",
        """{"nats":{"type":"user","version":2,"s\u0075b":{},"sub":{}}}""", """{"nats":{"type":"account","version":2,"mappings":{"a":[],"a":[]}}}""",
        """{"nats":{"type":"user","version":2,"\ud800":1,"\udfff":2}}""",
    ];

    [Fact]
    public void A_token_above_1_MiB_is_refused_before_it_is_looked_at()
    {
        string[] tokens = [new string('.', Megabyte + 1), new string('A', 100 * Megabyte)];
        Bounded.Run(() => Assert.All(tokens, token => Refused.With(ErrorCode.TokenTooLarge, () => JwtReader.Read(token))));
    }

    [Fact]
    public void A_million_dots_are_no_token() => Bounded.Run(() =>
    {
        string dots = new('.', 1_000_000);
        Refused.With(ErrorCode.TokenMalformed, () => JwtReader.Read(dots));
        Refused.With(ErrorCode.TokenMalformed, () => JwtReader.ReadGeneric(dots));
    });

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    [InlineData("[", "")]
    public void Json_that_is_nested_a_hundred_thousand_deep_is_refused(string opening, string closing) => Bounded.Run(() =>
    {
        string deep = string.Concat(Enumerable.Repeat(opening, 100_000)) + "1" + string.Concat(Enumerable.Repeat(closing, 100_000));
        Refused.With(ErrorCode.TokenMalformed, () => JwtReader.Read(Token($$$"""{"nats":{"type":"user","version":2,"x":{{{deep}}}}}""")));
        Refused.With(ErrorCode.TokenMalformed, () => JwtReader.ReadGeneric(Token($$$"""{"nats":{{{deep}}}}""")));
        Refused.With(ErrorCode.TokenMalformed, () => JwtReader.Read(Tokens.Encode(Encoding.UTF8.GetBytes(deep)) + ".e30.AA"));
        Refused.With(ErrorCode.TokenMalformed, () => ClaimPayload.Parse(deep));
    });

    [Fact]
    public void Ten_megabytes_of_digits_are_no_number_of_ours()
    {
        string payload = $$"""{"exp":{{new string('9', 10 * Megabyte)}}}""";
        string token = Token(payload);
        Bounded.Run(() => Refused.With(ErrorCode.TokenMalformed, () => ClaimPayload.Parse(payload)));
        Bounded.Run(() => Refused.With(ErrorCode.TokenTooLarge, () => JwtReader.Read(token)));
        Bounded.Run(() => Refused.With(ErrorCode.TokenMalformed, () => JwtReader.ReadGeneric(token)));
    }

    [Fact]
    public void Many_digits_where_nobody_knows_the_member_are_kept() => Bounded.Run(() =>
    {
        string digits = new('9', 500_000);
        ClaimSet claims = JwtReader.ReadUnchecked(Token($$$"""{"nats":{"type":"user","version":2,"x":{{{digits}}}}}""")).Claims;
        Assert.Contains(digits, ClaimPayload.Write(claims), StringComparison.Ordinal);
    });

    [Theory]
    [MemberData(nameof(DuplicateMembers))]
    public void Members_that_stand_twice_are_refused(string payload) =>
        Refused.With(ErrorCode.TokenMalformed, () => JwtReader.ReadUnchecked(Token(payload)));

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_or_replaced_wherever_they_stand()
    {
        byte[] payload = Encoding.UTF8.GetBytes(Tokens.Payload("account-full").ToJsonString());
        byte[][] broken = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xF0]];
        for (int at = 0; at <= payload.Length; at++)
        {
            byte[] damaged = [.. payload.AsSpan(0, at), .. broken[at % broken.Length], .. payload.AsSpan(at)];
            try
            {
                string text = ClaimPayload.Write(JwtReader.ReadUnchecked($"{Header}{Tokens.Encode(damaged)}.AA").Claims);
                Assert.Contains('\uFFFD', text);
            }
            catch (NatsKeysException error)
            {
                // In the text of a type or version, the passphrase is wrong.
                Assert.True(error.Code is ErrorCode.TokenMalformed or ErrorCode.TokenUnsupported, error.Message);
            }
        }
    }

    [Fact]
    public void A_long_list_of_members_costs_no_more_than_its_length() => Bounded.Run(() =>
    {
        string members = string.Join(',', Enumerable.Range(0, 60_000).Select(index => $"\"m{index}\":0"));
        Assert.Equal(60_000, JwtReader.ReadUnchecked(Token($$$"""{"nats":{"type":"user","version":2,{{{members}}}}}""")).Claims.Unknown.Count);
    });

    private static string Token(string payload) => $"{Header}{Tokens.Encode(Encoding.UTF8.GetBytes(payload))}.AA";
}
