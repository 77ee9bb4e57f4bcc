using System.Buffers.Text;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Signing;

public class SignatureParserTests
{
    /// <summary>Has both letters in which the alphabets differ.</summary>
    private static readonly byte[] Signature = [.. Enumerable.Range(0, 64).Select(index => (byte)(251 + (index * 39)))];

    [Fact]
    public void A_signature_is_read_in_every_form_of_base64()
    {
        string padded = Convert.ToBase64String(Signature);
        string url = Base64Url.EncodeToString(Signature);
        Assert.Contains('+', padded);
        Assert.Contains('/', padded);
        Assert.All([padded, padded.TrimEnd('='), url, url + "==", $" \r\n{padded}\n"], text => Assert.Equal(Signature, SignatureParser.Decode(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("==")]
    [InlineData("not base64")]
    public void Another_text_is_no_signature(string text) => Assert.Null(SignatureParser.Decode(text));

    [Theory]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    public void Another_length_is_no_signature(int length) => Assert.Null(SignatureParser.Decode(Convert.ToBase64String(new byte[length])));
}
