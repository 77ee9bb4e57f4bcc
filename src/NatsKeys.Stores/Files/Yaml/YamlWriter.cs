using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NatsKeys.Files;

/// <summary>Writes the subset of YAML that entity files need: mappings, lists and scalars.</summary>
internal static class YamlWriter
{
    // YamlDotNet writes long names in another form.
    private const int LongestName = 100;
    private const string Step = "  ";

    /// <summary>Words that some YAML readers interpret as a Boolean or null.</summary>
    private static readonly HashSet<string> TypedWords = new(
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Writes a document: with an indentation of two spaces, without folding, and with line feeds. YamlDotNet examines every character about a dozen
    /// times, so members that need no quotes are written here. That is the whole file of most users, and in particular their token.
    /// </summary>
    /// <param name="document">The document.</param>
    public static string Write(YamlMapping document)
    {
        var text = new StringBuilder();
        foreach ((YamlScalar name, YamlNode value) in document.Members)
        {
            int start = text.Length;
            if (!TryAppend(text, name, value, indent: ""))
            {
                text.Length = start;
                text.Append(Emit(name, value));
            }
        }

        return document.Members.Count == 0 ? "{}\n" : text.ToString();
    }

    /// <summary>Whether every YAML reader reads the text unchanged without quotes.</summary>
    /// <param name="text">The text of a scalar.</param>
    public static bool IsPlain(string text) =>
        text.Length > 0
            && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '$')
            && !text.AsSpan().ContainsAnyExcept(YamlCharacters.Text)
            && text[^1] != ':'
            && !TypedWords.Contains(text);

    /// <summary>
    /// Writes a member of a mapping if nothing in it needs quotes. Otherwise the result is false, and an unfinished part is left in the text.
    /// </summary>
    private static bool TryAppend(StringBuilder text, YamlScalar name, YamlNode value, string indent)
    {
        if (name.IsPlain || name.Text.Length > LongestName || !IsPlain(name.Text))
        {
            return false;
        }

        text.Append(indent).Append(name.Text).Append(':');
        switch (value)
        {
            case YamlScalar { IsPlain: false } scalar when IsPlain(scalar.Text):
                text.Append(' ').Append(scalar.Text).Append('\n');
                return true;
            case YamlMapping { Members.Count: > 0 } mapping:
                text.Append('\n');
                return mapping.Members.All(member => TryAppend(text, member.Key, member.Value, indent + Step));
            default:
                return false;
        }
    }

    private static string Emit(YamlScalar name, YamlNode value)
    {
        var document = new YamlMapping();
        document.Add(name, value);
        using var writer = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(writer, new EmitterSettings().WithBestWidth(int.MaxValue).WithBestIndent(2).WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, document);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    private static void Emit(Emitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                emitter.Emit(new MappingStart());
                foreach ((YamlScalar name, YamlNode value) in mapping.Members)
                {
                    Emit(emitter, name);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case YamlSequence sequence:
                emitter.Emit(
                    new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, sequence.IsFlow ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (YamlNode item in sequence.Items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case YamlScalar scalar:
                emitter.Emit(
                    new Scalar(AnchorName.Empty, TagName.Empty, scalar.Text, StyleOf(scalar), isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }

    private static ScalarStyle StyleOf(YamlScalar scalar)
    {
        if (scalar.IsPlain || IsPlain(scalar.Text))
        {
            return ScalarStyle.Plain;
        }

        return scalar.Text.Any(char.IsControl) ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted;
    }
}
