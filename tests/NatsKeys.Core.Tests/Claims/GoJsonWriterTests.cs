using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NatsKeys.Claims;

namespace NatsKeys.Core.Tests.Claims;

public class GoJsonWriterTests
{
    public static TheoryData<string, string> Strings => Vectors.Cases("json-text.json", "strings", "utf8_hex");

    public static TheoryData<string, string> Numbers => Vectors.Cases("json-text.json", "numbers", "json");

    [Theory]
    [MemberData(nameof(Strings))]
    public void Texts_are_escaped_as_the_reference_does(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        var writer = new GoJsonWriter();
        writer.Text(TextOf(vector.Hex("utf8_hex")));
        Assert.True(vector.Text("json_hex") == Convert.ToHexStringLower(writer.Written), id);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_are_written_as_the_reference_does(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        double value = double.Parse(vector.Text("value_g17"), CultureInfo.InvariantCulture);
        Assert.Equal(vector.Text("json"), JsonNumber.Format(value));
        Assert.False(string.IsNullOrEmpty(id));
    }

    /// <summary>A .NET text cannot hold a byte that is not UTF-8; a lone surrogate in its place is as wrong.</summary>
    private static string TextOf(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder();
        while (!utf8.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(utf8, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done;
            if (valid)
            {
                text.Append(rune.ToString());
            }
            else
            {
                text.Append('\uDC80', consumed);
            }

            utf8 = utf8[consumed..];
        }

        return text.ToString();
    }
}
