using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

public partial class YamlParserTests
{
    public static TheoryData<string> OddTexts =>
    [
        "true", "True", "no", "on", "y", "123", "-1", "0x1F", "1e3", "1.5", ".inf", ".nan", "null", "~", "", "2027-01-01", "2027-01-01T00:00:00Z",
        "*", "*anchor", "&anchor", "!tag", "> x", ">", "| x", ": ", "a: b", "key:", "#", "# x", "a #b", "-", "- x", "---", "...", "?", "? x", "@x",
        "`x`", "%YAML 1.2",
        "[x]", "{x}", "a, b", "'", "''", "\"", "\\", "\\n", " leading", "trailing ", "  ", "\t", "tab\tinside", "two\nlines", "\n", "\nfirst",
        "last\n", "a\n\n\nb", "a\r\nb", "\r",
        "\u0000", "\u0007", "\u001b", "\u007f", "\u0080", "\u0085", "a\u0085b", "\u00a0", "\u2028", "a\u2028b", "a\u2029b", "\ufeff", "\ufeffa",
        "\ufffe", "\uffff", "\ufffd",
        "Grüße", "Привет", "日本語", "e\u0301", "😀", "\U0010ffff", "a: 'b' \"c\" #d\n- e",
    ];

    [Theory]
    [MemberData(nameof(OddTexts))]
    public void Texts_that_look_like_something_else_stay_texts(string text)
    {
        AssertSurvives(text);
    }

    [Fact]
    public void Any_text_survives()
    {
        // A file is UTF-8, which a lone surrogate cannot be part of.
        Prop.ForAll<string>(text =>
        {
            if (text is not null && IsUnicode(text))
            {
                AssertSurvives(text);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Any_text_of_the_characters_that_yaml_gives_a_meaning_survives()
    {
        const string characters = ":#-?*&!|>'\"%@`{}[], \n\r\t\u0085\u2028ab1.~\\";
        Arbitrary<string> texts = Gen.ListOf(Gen.Elements(characters.ToCharArray())).Select(list => string.Concat(list)).ToArbitrary();
        Prop.ForAll(texts, AssertSurvives).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Theory]
    [InlineData(127)]
    [InlineData(129)]
    [InlineData(1023)]
    [InlineData(1025)]
    [InlineData(20_000)]
    public void Long_names_and_texts_survive(int length)
    {
        AssertSurvives(new string('a', length));
        AssertSurvives(string.Join(' ', Enumerable.Repeat("ab", length / 3)));
    }

    [Theory]
    [InlineData("a: [1, 2", 1)]
    [InlineData("a: 1\nb: 'open", 2)]
    [InlineData("a: 1\n  b: 2", 2)]
    [InlineData("a: 1\n\tb: 2", 1)]
    [InlineData("a: }", 1)]
    [InlineData("a: @b", 1)]
    [InlineData("a: \"\\z\"", 1)]
    [InlineData("a: 1\nb: 2\na: 3", 3)]
    [InlineData("a: {b: 1, b: 2}", 1)]
    [InlineData("a: &x 1", 1)]
    [InlineData("a: 1\nb: *x", 2)]
    [InlineData("a: 1\n<<: *x", 2)]
    [InlineData("a: !!str 1", 1)]
    [InlineData("a: !own 1", 1)]
    [InlineData("a: !!binary aGVsbG8=", 1)]
    [InlineData("a: 1\n---\nb: 2", 2)]
    [InlineData("a: 1\n...\nb: 2", 3)]
    [InlineData("- a", 1)]
    [InlineData("text", 1)]
    [InlineData("[a]", 1)]
    [InlineData("? [a]\n: 1", 1)]
    [InlineData("? {a: 1}\n: 1", 1)]
    [InlineData("", 1)]
    [InlineData("# nothing", 1)]
    public void What_is_not_plain_yaml_is_refused_with_its_place(string text, int line)
    {
        NatsKeysException error = Refused.With(ErrorCode.InvalidYaml, () => YamlParser.Parse(text));
        Match place = Place().Match(error.Message);
        Assert.True(place.Success, error.Message);
        Assert.True(int.Parse(place.Groups[1].Value, null) >= 1 && int.Parse(place.Groups[2].Value, null) >= 1, error.Message);
        Assert.InRange(int.Parse(place.Groups[1].Value, null), line, line + 1);
    }

    /// <summary>Who edits a file need not know the grammar, whose words the library uses.</summary>
    [Theory]
    [InlineData("a: 1\n\tb: 2", 2, "tab")]
    [InlineData("a:\n\t- b", 2, "tab")]
    [InlineData("a: [1, 2", 2, "']'")]
    [InlineData("a: [1, 2\nb: 3", 1, "bracket")]
    [InlineData("a: {b: 1\nc: 2", 1, "bracket")]
    [InlineData("a: {b: 1", 2, "'}'")]
    [InlineData("a: 'open\nb: 1", 2, "quote")]
    [InlineData("a: \"open", 1, "quote")]
    [InlineData("a: 'b' c\nd: 1", 1, "quotes")]
    [InlineData("a: \"\\z\"", 1, "escape")]
    [InlineData("a: \"C:\\Users\"", 1, "escape")]
    [InlineData("a: b: c", 1, "': '")]
    [InlineData("a: 1\n  b: 2", 2, "': '")]
    [InlineData("a:\n  - b\n - c", 3, "indentation")]
    [InlineData("a:\n    b: 1\n  c: 2", 3, "indentation")]
    [InlineData("a: 1\nword\nb: 2", 2, "':'")]
    [InlineData("a: - b", 1, "'-'")]
    [InlineData("a: @b", 1, "character")]
    [InlineData("a: `b`", 1, "character")]
    [InlineData("a: %b", 1, "character")]
    [InlineData("a: }", 1, "value")]
    [InlineData("a: *", 1, "'*'")]
    [InlineData("a: *.x", 1, "aliases")]
    [InlineData("a: &", 1, "'&'")]
    [InlineData("a: !<x", 1, "'!'")]
    [InlineData("a: |x\n  b", 1, "several lines")]
    [InlineData("kind: account\n}", 2, "lines above")]
    public void What_is_wrong_is_told_in_words_of_our_own(string text, int line, string word)
    {
        NatsKeysException error = Refused.With(ErrorCode.InvalidYaml, () => YamlParser.Parse(text));
        Assert.StartsWith($"Line {line}, column ", error.Message, StringComparison.Ordinal);
        Assert.Contains(word, error.Message[error.Message.IndexOf(": ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)while|did not|could not|scalar|token|flow|block|Yaml", error.Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Deep_nesting_ends_in_an_error_and_not_in_the_stack(string opening)
    {
        Refused.With(ErrorCode.InvalidYaml, () =>
            YamlParser.Parse("a: " + (opening[0] is '-' or '?' ? "\n" : "") + string.Concat(Enumerable.Repeat(opening, 100_000))));
    }

    [Fact]
    public void A_document_that_grows_while_it_is_read_is_refused()
    {
        IEnumerable<string> lines = Enumerable.Range(1, 20).Select(index => $"a{index}: &a{index} [*a{index - 1}, *a{index - 1}, *a{index - 1}]");
        NatsKeysException error = Refused.With(ErrorCode.InvalidYaml, () => YamlParser.Parse("a0: &a0 [x, x]\n" + string.Join('\n', lines)));
        Assert.StartsWith("Line 1, column 5: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_may_have_its_marks_and_comments()
    {
        YamlMapping root = YamlParser.Parse("# note\n---\na: 1 # one\n...\n");
        Assert.Equal("1", ((YamlScalar)root.Find("a")!).Text);
    }

    private static void AssertSurvives(string text)
    {
        var inner = new YamlMapping();
        inner.Add(text, new YamlScalar(text, isPlain: false));
        var list = new YamlSequence();
        list.Items.Add(new YamlScalar(text, isPlain: false));
        var flow = new YamlSequence { IsFlow = true };
        flow.Items.Add(new YamlScalar(text, isPlain: false));
        var document = new YamlMapping();
        document.Add("text", new YamlScalar(text, isPlain: false));
        document.Add("list", list);
        document.Add("flow", flow);
        document.Add("inner", inner);

        YamlMapping read = YamlParser.Parse(YamlWriter.Write(document));
        AssertText(text, read.Find("text"));
        AssertText(text, ((YamlSequence)read.Find("list")!).Items.Single());
        AssertText(text, ((YamlSequence)read.Find("flow")!).Items.Single());
        (YamlScalar name, YamlNode value) = ((YamlMapping)read.Find("inner")!).Members.Single();
        AssertText(text, name);
        AssertText(text, value);
    }

    private static void AssertText(string text, YamlNode? node)
    {
        YamlScalar scalar = Assert.IsType<YamlScalar>(node);
        Assert.Equal(text, scalar.Text);
        Assert.False(scalar.IsNull);
    }

    private static bool IsUnicode(string text) => !text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD);

    [GeneratedRegex(@"^Line (\d+), column (\d+): .+")]
    private static partial Regex Place();
}
