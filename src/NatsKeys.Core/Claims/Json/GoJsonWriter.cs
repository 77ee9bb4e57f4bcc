using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NatsKeys.Claims;

/// <summary>
/// Writes JSON text exactly as Go's encoder does. It escapes <c>&lt; &gt; &amp;</c>, U+2028 and U+2029 in lower-case hex, and otherwise only what
/// must be escaped. No setting of System.Text.Json produces this.
/// </summary>
internal sealed class GoJsonWriter
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\<>&\u2028\u2029\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r"
            + "\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>The encoding of texts. Like the reference, it writes a lone surrogate as the escape of U+FFFD, and U+FFFD itself unescaped.</summary>
    private static readonly Encoding Utf8 = Encoding.GetEncoding(
        "utf-8", new EncoderReplacementFallback("\\ufffd"), DecoderFallback.ReplacementFallback);

    private const int LargestKept = 64 * 1024;

    // Signing one token writes three short texts, and nobody keeps them. Their buffers would be most of what it allocates.
    [ThreadStatic]
    private static GoJsonWriter? returned;

    private byte[] buffer = new byte[1024];
    private int length;
    private bool needsComma;
    private int depth;
    private GoJsonWriter? next;

    /// <summary>The maximum depth of nesting so far. Readers limit it.</summary>
    public int Depth { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>Gets an empty writer for a text that nobody keeps. Its user should return it when the text is no longer needed.</summary>
    public static GoJsonWriter Borrow()
    {
        if (returned is not { } writer)
        {
            return new GoJsonWriter();
        }

        (returned, writer.next) = (writer.next, null);
        return writer;
    }

    /// <summary>Returns a borrowed writer. Neither it nor <see cref="Written"/> may be used afterwards.</summary>
    public void Return()
    {
        if (buffer.Length <= LargestKept)
        {
            (length, needsComma, depth, Depth) = (0, false, 0, 0);
            (next, returned) = (returned, this);
        }
    }

    public void BeginObject() => Begin((byte)'{');

    public void EndObject() => End((byte)'}');

    public void BeginArray() => Begin((byte)'[');

    public void EndArray() => End((byte)']');

    public void Name(string name)
    {
        Text(name);
        Append((byte)':');
        needsComma = false;
    }

    public void Integer(long value) => Number(value);

    public void Unsigned(ulong value) => Number(value);

    /// <summary>Writes the text of a number unchanged.</summary>
    public void RawNumber(string text)
    {
        Comma();
        Raw(text);
    }

    public void Flag(bool value) => Literal(value ? "true"u8 : "false"u8);

    public void Null() => Literal("null"u8);

    public void Text(string value)
    {
        Comma();
        Append((byte)'"');
        ReadOnlySpan<char> rest = value;
        while (rest.IndexOfAny(Escaped) is >= 0 and int index)
        {
            Raw(rest[..index]);
            Escape(rest[index]);
            rest = rest[(index + 1)..];
        }

        Raw(rest);
        Append((byte)'"');
    }

    /// <summary>Writes a value that was read. Members of objects keep their order unless <paramref name="canonical"/> is set.</summary>
    /// <param name="value">The value.</param>
    /// <param name="canonical">
    /// Whether to write like the reference writes free maps: with sorted members, and every number as a floating point number.
    /// </param>
    public void Value(JsonElement value, bool canonical)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                BeginObject();
                IEnumerable<JsonProperty> members = value.EnumerateObject();
                foreach (JsonProperty member in canonical ? members.OrderBy(member => member.Name, Claims.Utf8Order.Instance) : members)
                {
                    Name(member.Name);
                    Value(member.Value, canonical);
                }

                EndObject();
                break;
            case JsonValueKind.Array:
                BeginArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Value(item, canonical);
                }

                EndArray();
                break;
            case JsonValueKind.String:
                Text(value.GetString()!);
                break;
            case JsonValueKind.Number:
                Comma();
                // A number that is out of the range of floating point is written as it was read.
                Raw(canonical && double.IsFinite(value.GetDouble()) ? JsonNumber.Format(value.GetDouble()) : value.GetRawText());
                break;
            case JsonValueKind.True:
            case JsonValueKind.False:
                Flag(value.ValueKind == JsonValueKind.True);
                break;
            default:
                Null();
                break;
        }
    }

    private void Number<T>(T value)
        where T : IUtf8SpanFormattable
    {
        const int longest = 20;
        Comma();
        Reserve(longest);
        value.TryFormat(buffer.AsSpan(length), out int written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    private void Begin(byte bracket)
    {
        Comma();
        Append(bracket);
        needsComma = false;
        Depth = Math.Max(Depth, ++depth);
    }

    private void End(byte bracket)
    {
        Append(bracket);
        needsComma = true;
        depth--;
    }

    private void Literal(ReadOnlySpan<byte> text)
    {
        Comma();
        Reserve(text.Length);
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }

    private void Comma()
    {
        if (needsComma)
        {
            Append((byte)',');
        }

        needsComma = true;
    }

    private void Escape(char character)
    {
        ReadOnlySpan<char> text = character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        };
        Raw(text);
    }

    private void Raw(ReadOnlySpan<char> text)
    {
        // Enough for ASCII, which nearly all text is. Reserving the maximum for other text would grow the buffer each time.
        Reserve(text.Length);
        if (Ascii.FromUtf16(text, buffer.AsSpan(length), out int written) == OperationStatus.Done)
        {
            length += written;
            return;
        }

        Reserve(Utf8.GetMaxByteCount(text.Length));
        length += Utf8.GetBytes(text, buffer.AsSpan(length));
    }

    private void Append(byte value)
    {
        Reserve(1);
        buffer[length++] = value;
    }

    private void Reserve(int count)
    {
        if (buffer.Length - length < count)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        }
    }
}
