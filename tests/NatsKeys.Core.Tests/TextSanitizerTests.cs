namespace NatsKeys.Core.Tests;

public class TextSanitizerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Acme Co")]
    [InlineData("two\nlines")]
    [InlineData("Grüße, 日本語, 한국어, ไทย, עברית 😀")]
    public void What_can_be_seen_stays(string text) => Assert.Same(text, Same(text));

    [Theory]
    [InlineData(0x1b)]
    [InlineData(0x07)]
    [InlineData(0x0d)]
    [InlineData(0x09)]
    [InlineData(0x7f)]
    [InlineData(0x85)]
    [InlineData(0x9b)]
    [InlineData(0xa0)]
    [InlineData(0xad)]
    [InlineData(0x34f)]
    [InlineData(0x115f)]
    [InlineData(0x17b4)]
    [InlineData(0x180b)]
    [InlineData(0x200b)]
    [InlineData(0x200f)]
    [InlineData(0x2028)]
    [InlineData(0x202e)]
    [InlineData(0x202f)]
    [InlineData(0x2066)]
    [InlineData(0x2800)]
    [InlineData(0x3000)]
    [InlineData(0x3164)]
    [InlineData(0xe000)]
    [InlineData(0xfe0f)]
    [InlineData(0xfeff)]
    [InlineData(0xffa0)]
    [InlineData(0xfffe)]
    [InlineData(0xe0041)]
    [InlineData(0xe0100)]
    public void What_cannot_be_seen_or_commands_is_spelled_out(int value)
    {
        string text = $"a{char.ConvertFromUtf32(value)}b";
        Assert.Equal($"a\\u{{{value:x}}}b", TextSanitizer.Clean(text));
        Assert.False(TextSanitizer.IsVisible(text));
    }

    [Fact]
    public void Half_a_character_is_spelled_out() => Assert.Equal("a\\u{d800}b\\u{dc00}", TextSanitizer.Clean("a\ud800b\udc00"));

    [Fact]
    public void A_name_has_one_line() => Assert.False(TextSanitizer.IsVisible("a\nb"));

    /// <summary>What stays is the very same text where its letters are plain, and an equal one elsewhere.</summary>
    private static string Same(string text) => TextSanitizer.Clean(text) is var shown && shown == text ? text : shown;
}
