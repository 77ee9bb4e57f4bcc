using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NatsKeys.Files;

/// <summary>
/// Reads the subset of YAML that entity files need: mappings, lists and scalars. Anchors, aliases, tags and
/// multiple documents are refused, so a document cannot expand while it is read.
/// </summary>
internal static partial class YamlParser
{
    // The members of a token are a few levels deeper in a file, and deeper still in a request.
    private const int MaximumDepth = Jwt.TokenLimits.MaximumDepth + 8;

    /// <summary>Reads a single document, which must be a mapping.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidYaml"/>, with line and column.</exception>
    public static YamlMapping Parse(string text) => PlainYamlReader.TryRead(text) ?? ParseAny(text);

    /// <summary>Reads a document with the full YAML parser.</summary>
    internal static YamlMapping ParseAny(string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                throw Fault("the file is empty", Mark.Empty);
            }

            parser.Consume<DocumentStart>();
            YamlNode root = ReadNode(parser, depth: 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
            {
                throw Fault("a second document begins here", parser.Current?.Start ?? Mark.Empty);
            }

            return root.AsMapping();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // The parser fails like this for some unclosed brackets and invalid escapes. What it read last is before them.
            throw Fault(YamlReasons.Unclosed, parser.Current?.Start ?? Mark.Empty, error);
        }
        catch (YamlException error)
        {
            throw Fault(YamlReasons.Of(error), TabIn(text) ?? error.End, error);
        }
    }

    /// <summary>Creates the error of an invalid node.</summary>
    public static NatsKeysException Fault(YamlNode node, string reason) =>
        new(ErrorCode.InvalidYaml, $"Line {node.Line}, column {node.Column}: {reason}.") { Line = node.Line };

    private static NatsKeysException Fault(string reason, Mark mark, Exception? inner = null) =>
        new(ErrorCode.InvalidYaml, $"Line {mark.Line}, column {mark.Column}: {reason}.", inner) { Line = (int)mark.Line };

    /// <summary>Finds a tab in an indentation. The parser reports it at the start of the indented block, which can be far above.</summary>
    private static Mark? TabIn(string text)
    {
        Match tab = TabInIndentation().Match(text);
        return tab.Success ? new Mark(tab.Index + tab.Length - 1, text.AsSpan(0, tab.Index).Count('\n') + 1, tab.Length) : null;
    }

    private static YamlNode ReadNode(Parser parser, int depth)
    {
        Mark start = parser.Current!.Start;
        if (depth > MaximumDepth)
        {
            throw Fault("this is nested too deeply", start);
        }

        if (parser.Current is NodeEvent node && (!node.Anchor.IsEmpty || node is { Tag.IsEmpty: false, Tag.IsNonSpecific: false }))
        {
            throw Fault("anchors and tags are not allowed in this file", start);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, (int)start.Line, (int)start.Column);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var sequence = new YamlSequence((int)start.Line, (int)start.Column);
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                sequence.Items.Add(ReadNode(parser, depth + 1));
            }

            return sequence;
        }

        return parser.TryConsume<MappingStart>(out var mapping)
            ? ReadMapping(parser, start, depth, mapping.Style == MappingStyle.Flow)
            : throw Fault("aliases are not allowed in this file", start);
    }

    private static YamlMapping ReadMapping(Parser parser, Mark start, int depth, bool isFlow)
    {
        var mapping = new YamlMapping((int)start.Line, (int)start.Column) { IsFlow = isFlow };
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode key = ReadNode(parser, depth + 1);
            if (key is not YamlScalar name)
            {
                throw Fault(key, "a name is expected here; text that begins with a brace or bracket needs quotes");
            }

            if (!names.Add(name.Text))
            {
                throw Fault(key, $"'{name.Text}' is listed twice");
            }

            mapping.Add(name, ReadNode(parser, depth + 1));
        }

        return mapping;
    }

    [GeneratedRegex("^ *\\t(?=[^\\r\\n]*\\S)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TabInIndentation();
}
