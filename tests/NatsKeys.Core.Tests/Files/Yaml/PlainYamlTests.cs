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

    [Fact]
    public void Names_and_values_are_written_as_the_library_writes_them()
    {
        Gen<string> texts = Gen.ListOf(Gen.Frequency(
            (3, Gen.Elements(Fragments)), (3, Gen.Elements("name", "x_y", "T1", "no", "eyJ0.a-b_c.d", "$SYS.>", new string('w', 1100)))))
            .Select(list => string.Concat(list.Take(3)));
        Gen<YamlNode> values = Gen.OneOf(
            texts.Select(text => (YamlNode)new YamlScalar(text, isPlain: false)),
            Gen.Elements("1", "-1", "true", "2027-11-23T00:00:00Z").Select(text => (YamlNode)new YamlScalar(text, isPlain: true)),
            from isFlow in Gen.Elements(true, false)
            from items in Gen.ListOf(texts)
            select (YamlNode)Sequence(isFlow, items.Select(text => new YamlScalar(text, isPlain: false))),
            from name in texts
            from text in texts
            from last in Gen.Elements<YamlNode>(Mapping([]), new YamlScalar("last", isPlain: false))
            select (YamlNode)Mapping([("inner", Mapping([(name, new YamlScalar(text, isPlain: false)), ("z", last)]))]));
        Gen<YamlMapping> documents = Gen.ListOf(from name in texts from value in values select (name, value))
            .Select(members => Mapping(members.DistinctBy(member => member.name)));
        Prop.ForAll(documents.Where(document => document.Members.Count > 0).ToArbitrary(), document =>
        {
            // Lists are the library's.
            string listed = YamlWriter.Write(Mapping([("x", Sequence(isFlow: false, [document]))]));
            string[] lines = [.. YamlWriter.Write(document).Split('\n').SkipLast(1)];
            Assert.Equal(listed, $"x:\n- {string.Join("\n  ", lines)}\n");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    [Fact]
    public void A_document_without_members_is_written() => Assert.Equal("{}\n", YamlWriter.Write(new YamlMapping()));

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
