using System.Text;
using YamlDotNet.Core;

namespace NatsKeys.Yaml;

/// <summary>
/// Writes documents of the form that entity files nearly always have, to the letter as the emitter for all of YAML does, and in a fraction
/// of its time. Every other document is left to that one.
/// </summary>
internal sealed class PlainYamlWriter
{
    private const int Step = 2;
    private const int MaximumIndent = 16;
    private const int MaximumNameLength = 100;

    private readonly StringBuilder text = new();

    /// <summary>The text of a document; null when it is not of the usual form.</summary>
    public static string? TryWrite(YamlMapping document)
    {
        var writer = new PlainYamlWriter();
        return writer.Append(document, indent: 0) ? writer.text.ToString() : null;
    }

    private bool Append(YamlMapping mapping, int indent)
    {
        if (indent > MaximumIndent || mapping.Members.Count == 0)
        {
            return false;
        }

        foreach ((YamlScalar name, YamlNode value) in mapping.Members)
        {
            text.Append(' ', indent);
            if (name.Text.Length > MaximumNameLength || !Append(name, isFlow: false))
            {
                return false;
            }

            text.Append(':');
            if (!AppendValue(value, indent))
            {
                return false;
            }
        }

        return true;
    }

    private bool AppendValue(YamlNode value, int indent)
    {
        switch (value)
        {
            case YamlMapping mapping:
                text.Append('\n');
                return Append(mapping, indent + Step);
            case YamlSequence { Items.Count: > 0 } sequence:
                return sequence.IsFlow ? AppendFlow(sequence) : AppendLines(sequence, indent);
            case YamlScalar scalar:
                text.Append(' ');
                return AppendLine(scalar);
            default:
                return false;
        }
    }

    private bool AppendFlow(YamlSequence sequence)
    {
        for (int index = 0; index < sequence.Items.Count; index++)
        {
            text.Append(index == 0 ? " [" : ", ");
            if (!Append(sequence.Items[index], isFlow: true))
            {
                return false;
            }
        }

        text.Append("]\n");
        return true;
    }

    private bool AppendLines(YamlSequence sequence, int indent)
    {
        text.Append('\n');
        foreach (YamlNode item in sequence.Items)
        {
            text.Append(' ', indent).Append("- ");
            if (!AppendLine(item))
            {
                return false;
            }
        }

        return true;
    }

    private bool AppendLine(YamlNode node)
    {
        bool isWritten = Append(node, isFlow: false);
        text.Append('\n');
        return isWritten;
    }

    private bool Append(YamlNode node, bool isFlow)
    {
        if (node is not YamlScalar { Text.Length: > 0 } scalar)
        {
            return false;
        }

        // Between brackets a colon makes a name.
        bool isPlain = YamlText.StyleOf(scalar) == ScalarStyle.Plain && !(isFlow && scalar.Text.Contains(':', StringComparison.Ordinal));
        if (isPlain)
        {
            text.Append(scalar.Text);
            return !scalar.IsPlain || IsTyped(scalar.Text);
        }

        text.Append('\'').Append(scalar.Text.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
        return !scalar.IsPlain && IsPrintable(scalar.Text);
    }

    private static bool IsTyped(string value) =>
        !value.AsSpan().ContainsAnyExcept(YamlCharacters.Typed) && (char.IsAsciiLetterOrDigit(value[0]) || (value[0] == '-' && value.Length > 1 && char.IsAsciiDigit(value[1]))) && value[^1] != ':';

    private static bool IsPrintable(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~') && value[0] != ' ' && value[^1] != ' ';
}
