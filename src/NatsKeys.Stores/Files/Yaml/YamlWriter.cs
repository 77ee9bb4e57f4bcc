using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NatsKeys.Files;

/// <summary>Writes the subset of YAML that entity files need: mappings, lists and scalars.</summary>
internal static class YamlWriter
{
    /// <summary>Words that some YAML readers interpret as a Boolean or null.</summary>
    private static readonly HashSet<string> TypedWords = new(
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes a document: with an indentation of two spaces, without folding, and with line feeds.</summary>
    /// <param name="document">The document.</param>
    public static string Write(YamlMapping document)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(writer, new EmitterSettings().WithBestWidth(int.MaxValue).WithBestIndent(2).WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, document);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    /// <summary>Whether every YAML reader reads the text unchanged without quotes.</summary>
    /// <param name="text">The text of a scalar.</param>
    public static bool IsPlain(string text) =>
        text.Length > 0
            && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '$')
            && !text.AsSpan().ContainsAnyExcept(YamlCharacters.Text)
            && text[^1] != ':'
            && !TypedWords.Contains(text);

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
