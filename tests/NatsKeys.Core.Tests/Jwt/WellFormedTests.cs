using System.Text;
using NatsKeys.Jwt;

namespace NatsKeys.Core.Tests.Jwt;

/// <summary>Text that is no Unicode is made such before it is read; all other text stays as it is.</summary>
public class WellFormedTests
{
    [Theory]
    [InlineData(@"plain \n text", @"plain \n text")]
    [InlineData(@"\ud83d\ude00", @"\ud83d\ude00")]
    [InlineData(@"\uD83D\uDE00", @"\uD83D\uDE00")]
    [InlineData(@"\ud800", @"\uFFFD")]
    [InlineData(@"\uD800", @"\uFFFD")]
    [InlineData(@"\udfff", @"\uFFFD")]
    [InlineData(@"\ud7ff", @"\ud7ff")]
    [InlineData(@"\uD012", @"\uD012")]
    [InlineData(@"\ud800\ud83d\ude00", @"\uFFFD\ud83d\ude00")]
    [InlineData(@"\ude00\ud83d", @"\uFFFD\uFFFD")]
    [InlineData(@"\ud800 \u00e9 \\ud800 \" + "\"", @"\uFFFD \u00e9 \\ud800 \" + "\"")]
    [InlineData(@"\\ud800", @"\\ud800")]
    [InlineData(@"\\\ud800", @"\\\uFFFD")]
    [InlineData(@"\ud800 \uc800 \u0d80", @"\uFFFD \uc800 \u0d80")]
    public void An_escape_of_half_a_character_is_replaced(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(WellFormed.Utf8(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Bytes_that_are_no_utf_8_are_replaced_with_the_escapes_beside_them()
    {
        Assert.Equal("a\ufffdb", Encoding.UTF8.GetString(WellFormed.Utf8([(byte)'a', 0xFF, (byte)'b'])));
        Assert.Equal("\ufffd\\uFFFD", Encoding.UTF8.GetString(WellFormed.Utf8([0xFF, .. @"\ud800"u8])));
    }

    [Theory]
    [InlineData("{\"name\":\"é\"}")]
    [InlineData(@"{""name"":""\u00e9 \uc800""}")]
    public void Text_that_is_well_formed_is_not_copied(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Same(bytes, WellFormed.Utf8(bytes));
    }
}
