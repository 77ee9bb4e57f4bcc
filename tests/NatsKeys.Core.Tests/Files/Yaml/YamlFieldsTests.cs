using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>The members of files: how they are found, and what texts, dates and nulls mean.</summary>
public class YamlFieldsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("~", true)]
    [InlineData("null", true)]
    [InlineData("Null", true)]
    [InlineData("NULL", true)]
    [InlineData("nULL", false)]
    [InlineData("0", false)]
    public void A_null_is_a_null_without_quotes_only(string text, bool isNull)
    {
        Assert.Equal(isNull ? null : text, new YamlScalar(text, isPlain: true).ToText());
        Assert.Equal(text, new YamlScalar(text, isPlain: false).ToText());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void Each_member_is_found_and_no_other(int count)
    {
        var mapping = new YamlMapping();
        for (int place = 0; place < count; place++)
        {
            mapping.Add($"m{place}", new YamlScalar($"{place}", isPlain: true));
            Assert.Equal(-1, mapping.PlaceOf("other"));
            Assert.Null(mapping.Find("other"));
        }

        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(place => mapping.PlaceOf($"m{place}")));
        Assert.Equal("0", mapping.Find("m0")!.AsText());
        mapping.Add("m0", new YamlScalar("second", isPlain: true));
        Assert.Equal(0, mapping.PlaceOf("m0"));
    }

    [Fact]
    public void A_text_is_a_text_whatever_it_looks_like()
    {
        var mapping = new YamlMapping();
        mapping.AddText("none", null);
        mapping.AddText("empty", "");
        mapping.AddText("word", "null");
        Assert.Equal("word: 'null'\n", YamlWriter.Write(mapping));
    }

    [Theory]
    [InlineData(0, "{}\n")]
    [InlineData(1_800_000_000, "at: 2027-01-15T08:00:00Z\n")]
    [InlineData(long.MaxValue, "at: 9223372036854775807\n")]
    public void A_time_is_a_date_where_the_calendar_has_one(long seconds, string text)
    {
        var mapping = new YamlMapping();
        mapping.AddDate("at", seconds);
        Assert.Equal(text, YamlWriter.Write(mapping));
        Assert.Equal(seconds, seconds == 0 ? 0 : YamlParser.Parse(text).Require("at").ToSeconds());
    }

    [Theory]
    [InlineData("~", 0)]
    [InlineData("-5", -5)]
    [InlineData("2027-01-15", 1_799_971_200)]
    public void A_time_is_read_from_a_number_a_date_and_a_null(string text, long seconds) =>
        Assert.Equal(seconds, new YamlScalar(text, isPlain: true).ToSeconds());

    [Theory]
    [InlineData("soon")]
    [InlineData("30d")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public void What_is_no_time_is_refused_with_its_place(string text)
    {
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => YamlParser.Parse($"a: 1\nat: {text}\n").Require("at").ToSeconds());
        Assert.Equal((ErrorCode.InvalidYaml, 2), (error.Code, error.Line));
        Assert.StartsWith($"Line 2, column 5: '{text}' is ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_member_is_named_with_the_place_of_its_mapping()
    {
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => YamlParser.Parse("a:\n  b: c\n").Require("a").AsMapping().Require("d"));
        Assert.Equal((ErrorCode.InvalidYaml, 2), (error.Code, error.Line));
        Assert.Contains("'d'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_format_is_refused()
    {
        YamlFields.RequireFormat("1", "1");
        Assert.Equal(ErrorCode.StoreFormat, Assert.Throws<NatsKeysException>(() => YamlFields.RequireFormat("2", "1")).Code);
        Assert.Equal(ErrorCode.StoreFormat, Assert.Throws<NatsKeysException>(() => YamlFields.RequireFormat(null, "1")).Code);
    }

    [Theory]
    [InlineData("a:\n  b: 1\n\tc: 2\n", "Line 3, column 1:")]
    [InlineData("a:\n  b: 1\n  \tc: 2\n", "Line 3, column 3:")]
    [InlineData("", "Line 1, column 1: the file is empty.")]
    [InlineData("# nothing\n", "Line 1, column 1: the file is empty.")]
    public void The_place_of_a_fault_is_where_it_stands(string text, string begins) => Assert.StartsWith(
        begins, Assert.Throws<NatsKeysException>(() => YamlParser.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(72, true)]
    [InlineData(73, false)]
    public void A_document_may_be_as_deep_as_a_token_and_its_file(int depth, bool isRead)
    {
        string text = $"a: {new string('[', depth - 1)}b{new string(']', depth - 1)}";
        Assert.Equal(isRead, Record.Exception(() => YamlParser.Parse(text)) is null);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(18, false)]
    public void The_fast_reader_reads_as_deep_as_it_says(int indent, bool isRead)
    {
        IEnumerable<string> above = Enumerable.Range(0, indent / 2).Select(step => $"{new string(' ', step * 2)}a:\n");
        string text = string.Concat(above) + $"{new string(' ', indent)}a: b\n";
        Assert.Equal(isRead, PlainYamlReader.TryRead(text) is not null);
        Assert.Equal("a", YamlParser.Parse(text).Members[0].Key.Text);
    }

    [Theory]
    [InlineData(100, 32, true)]
    [InlineData(101, 1, false)]
    [InlineData(1, 33, false)]
    public void The_fast_reader_leaves_long_names_and_many_members_to_the_other(int length, int count, bool isRead)
    {
        string text = string.Concat(Enumerable.Range(0, count).Select(place => $"{$"n{place}".PadRight(length, 'x')}: v\n"));
        Assert.Equal(isRead, PlainYamlReader.TryRead(text) is not null);
        Assert.Equal(count, YamlParser.Parse(text).Members.Count);
    }
}
