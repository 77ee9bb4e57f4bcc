using FsCheck;
using FsCheck.Fluent;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>The reader of the usual form gives what the parser for all of YAML gives, and files of entities are written in that form.</summary>
public class PlainYamlTests
{
    private const string Usual =
        "kind: account\nname: 'the account'\ntags: ['team:billing', b]\nexpires: 2027-11-23T00:00:00Z\nclaims:\n  limits:\n    conn: -1\n  pub:\n "
            + "   allow:\n    - foo.>\n    - '*.x'\n  signing_keys:\n  - ABHYL\njwt: eyJ0.a-b_c.d\n";

    private static readonly string[] Fragments =
    [
        "a", "b", "kind", "1", "-1", "x y", ":", ": ", ":\n", "\n", " ", "  ", "    ", "- ", "-", "\n- ", "\n  ", "\n  - ", "[", "]", ", ", "[]",
        "[a, b]", "{}", "{a: 1}", "'", "''", "'x y'", "'a:b'", "\"", "#", " #x", "&a ", "*a", "*", ">", "|",
        "@", "`", "!", "!x ", "%", "?", "? ", "~", "null", "true", "---", "...", "\n---\n", "\t", "\r\n", "\u00e4", "\u0085", "\ufeff", "=", "<<",
        "<<: ", "$", "/", ".", "+", "_", "a: b\n", "a:\n", "  b: c\n", "    d: e\n", "a:\n- b\n", "c: [d, 'e f']\n", "a: b:c\n", "2027-01-01",
    ];

    [Fact]
    public void The_usual_form_is_read_and_written()
    {
        YamlMapping read = PlainYamlReader.TryRead(Usual)!;
        Assert.Equal(Show(YamlParser.ParseAny(Usual)), Show(read));
        Assert.Equal("b", ((YamlSequence)read.Find("tags")!).Items[1].AsText());
        Assert.Equal(Usual, YamlWriter.Write(AsWritten(read)));
    }

    [Theory]
    [InlineData("a: b\n", true)]
    [InlineData("a: b", false)]
    [InlineData("a: b\n  c\n", false)]
    [InlineData("a: b\n\n", false)]
    [InlineData("a: b # c\n", false)]
    [InlineData("a: b\na: c\n", false)]
    [InlineData("a:\nb: c\n", false)]
    [InlineData("a:\n- b\n- c\n", true)]
    [InlineData("a:\n  - b\n", false)]
    [InlineData("a:\n- b: c\n", false)]
    [InlineData("a:\n   b: c\n", false)]
    [InlineData("a:\n  b: c\n d: e\n", false)]
    [InlineData("a: [b,c]\n", false)]
    [InlineData("a: [b, c:d]\n", false)]
    [InlineData("a: 'b''c'\n", false)]
    [InlineData("a: \"b\"\n", false)]
    [InlineData("a: - b\n", false)]
    [InlineData("a: b:\n", false)]
    [InlineData("'a': b\n", false)]
    [InlineData("- a\n", false)]
    [InlineData("", false)]
    public void Any_other_form_is_left_to_the_parser(string text, bool isUsual) => Assert.Equal(isUsual, PlainYamlReader.TryRead(text) is not null);

    [Fact]
    public void What_is_read_is_what_the_parser_reads()
    {
        Arbitrary<string> texts = Gen.ListOf(
            Gen.Frequency((3, Gen.Elements(Fragments)), (1, Gen.Elements("a: b\n", "c:\n", "  d: e\n", "- f\n", "g: 'h i'\n"))))
                .Select(list => string.Concat(list)).ToArbitrary();
        Prop.ForAll(texts, AssertSameReading).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void What_a_change_of_a_few_characters_makes_of_the_usual_form_is_read_as_the_parser_reads_it()
    {
        Gen<string> texts = from start in Gen.Choose(0, Usual.Length)
                            from length in Gen.Choose(0, 3)
                            from inserted in Gen.Elements(Fragments)
                            select Usual[..start] + inserted + Usual[Math.Min(Usual.Length, start + length)..];
        Prop.ForAll(texts.ToArbitrary(), AssertSameReading).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    /// <summary>Nodes as they are when a document is written: what is no number or date is a text, and labels stand on one line.</summary>
    private static YamlMapping AsWritten(YamlMapping read) => Mapping(read.Members.Select(member => (member.Key.Text, member.Value switch
    {
        YamlMapping inner => AsWritten(inner),
        YamlSequence list => Sequence(member.Key.Text == "tags", list.Items.Select(item => new YamlScalar(item.AsText(), isPlain: false))),
        YamlScalar scalar => new YamlScalar(scalar.Text, isPlain: member.Key.Text is "expires" or "conn"),
        { } other => other,
    })));

    private static void AssertSameReading(string text)
    {
        if (PlainYamlReader.TryRead(text) is { } read)
        {
            Assert.Equal(Show(YamlParser.ParseAny(text)), Show(read));
        }
    }

    /// <summary>Everything about a node, and its place.</summary>
    private static string Show(YamlNode node) => $"{node.Line}:{node.Column} " + node switch
    {
        YamlScalar scalar => $"{scalar.IsPlain} <{scalar.Text}>",
        YamlSequence sequence => $"{sequence.IsFlow} [{string.Join(", ", sequence.Items.Select(Show))}]",
        YamlMapping mapping =>
            $"{mapping.IsFlow} {{{string.Join(", ", mapping.Members.Select(member => $"{Show(member.Key)}: {Show(member.Value)}"))}}}",
        _ => "",
    };

    private static YamlSequence Sequence(bool isFlow, IEnumerable<YamlNode> items)
    {
        var sequence = new YamlSequence { IsFlow = isFlow };
        sequence.Items.AddRange(items);
        return sequence;
    }

    private static YamlMapping Mapping(IEnumerable<(string Name, YamlNode Value)> members)
    {
        var mapping = new YamlMapping();
        foreach ((string name, YamlNode value) in members)
        {
            mapping.Add(name, value);
        }

        return mapping;
    }
}
