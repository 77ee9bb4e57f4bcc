using System.Text;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>Text in the encodings that people's tools write is read; what is none is named.</summary>
public class TextDecoderTests
{
    private const string Text = "kind: user # é 😀\n";
    private static readonly FileKind Kind = new("a test", 1000, ErrorCode.InvalidRequest);

    public static TheoryData<Encoding> Encodings() =>
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        Encoding.Unicode,
        Encoding.BigEndianUnicode,
    ];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_is_read(Encoding encoding)
    {
        byte[] content = [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)];
        Assert.Equal(Text, TextDecoder.Decode(content, Kind));
        Assert.Equal(Text, new string(TextDecoder.DecodeSecret(content, Kind)));
        Assert.StartsWith("kind: user", TextDecoder.DecodeBeginning(content.AsSpan(0, 40 > content.Length ? content.Length : 40)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("EFBBBF", "")]
    [InlineData("FFFE", "")]
    public void An_empty_file_is_an_empty_text(string hex, string text) => Assert.Equal(text, TextDecoder.Decode(Convert.FromHexString(hex), Kind));

    [Theory]
    [InlineData("61FF", "UTF-8")]
    [InlineData("EFBBBFC3", "UTF-8")]
    [InlineData("EDA080", "UTF-8")]
    [InlineData("FFFE6100FF", "UTF-16")]
    [InlineData("FFFE00D8", "UTF-16")]
    [InlineData("FEFFD800", "UTF-16")]
    [InlineData("61006200", "UTF-16")]
    [InlineData("00610062", "UTF-16")]
    [InlineData("FFFE000061000000", "UTF-32")]
    public void What_is_no_text_is_named(string hex, string encoding)
    {
        byte[] content = Convert.FromHexString(hex);
        Assert.Contains(encoding, Refused.With(ErrorCode.InvalidRequest, () => TextDecoder.Decode(content, Kind)).Message, StringComparison.Ordinal);
        Assert.Contains(encoding, Refused.With(ErrorCode.InvalidRequest, () => TextDecoder.DecodeSecret(content, Kind)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_large_is_refused_wherever_it_comes_from() =>
        Refused.With(ErrorCode.FileTooLarge, () => TextDecoder.Decode(new byte[1001], Kind));
}
