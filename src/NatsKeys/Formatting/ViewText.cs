using System.Collections;
using System.Globalization;
using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>
/// The texts of values in the default views, as the view definitions ask for them. The values may come from a file or another process: then times
/// are bags of properties, and what was deep is a text.
/// </summary>
public static class ViewText
{
    /// <summary>How many things a text names before it only counts the rest.</summary>
    internal const int Most = 10;

    private const string None = "None";

    // What the engine takes where there is no terminal.
    private const int UsualWidth = 120;
    private const int LeastWidth = 12;

    /// <summary>What stands in a view of what somebody wrote: the text spells out whatever would speak to the terminal. All else is itself.</summary>
    /// <param name="value">The value.</param>
    public static object? Safe(PSObject? value) => Bare(value) switch
    {
        string text => TextSanitizer.Clean(text),
        IEnumerable<string> texts => texts.Select(TextSanitizer.Clean).ToArray(),
        var other => other,
    };

    /// <summary>A date, in UTC; "Never" for none.</summary>
    /// <param name="date">The date.</param>
    public static string Date(object? date) => TimeParser.Show(TimeOf(date));

    /// <summary>A limit; nothing where there is no such limit at all.</summary>
    /// <param name="value">The limit.</param>
    public static string Limit(object? value) => NumberOf(value) is { } limit ? LimitParser.Show(limit) : "";

    /// <summary>A size in bytes; nothing where there is no such limit at all.</summary>
    /// <param name="value">The size.</param>
    public static string Size(object? value) => NumberOf(value) is { } size ? LimitParser.ShowSize(size) : "";

    /// <summary>A share in percent.</summary>
    /// <param name="value">The share.</param>
    public static string Percent(object? value) => $"{Bare(value)}%";

    /// <summary>Things, one a line; "None" for none.</summary>
    /// <param name="values">The things: texts, entities, places of entities, or what else has a text.</param>
    public static string Lines(object? values) => string.Join('\n', Items(values)) is { Length: > 0 } text ? text : None;

    /// <summary>Things in one line.</summary>
    /// <param name="values">The things.</param>
    public static string List(object? values) => string.Join(", ", Items(values));

    /// <summary>The first of some things, one a line, and how many more there are; "None" for none.</summary>
    /// <param name="values">The things.</param>
    public static string Some(object? values)
    {
        string[] all = [.. Items(values)];
        return Lines(all.Length > Most ? [.. all.Take(Most), $"and {all.Length - Most} more"] : all);
    }

    /// <summary>The first letters of public keys, in one line.</summary>
    /// <param name="publicKeys">The public keys.</param>
    public static string Keys(object? publicKeys) => string.Join(", ", Items(publicKeys).Select(Short));

    /// <summary>The first letters of a public key, for tables.</summary>
    /// <param name="publicKey">The public key.</param>
    public static string Short(string? publicKey)
    {
        const int shown = 12;
        return publicKey is { Length: > shown } ? publicKey[..shown] + "…" : publicKey ?? "";
    }

    /// <summary>A name, or the first letters of the public key that stands in its place, for tables.</summary>
    /// <param name="name">The name, or what has it as its text.</param>
    public static string NameOrKey(PSObject? name) => Item(name) is var text && PublicNkey.TryGetType(text, out _) ? Short(text) : text;

    /// <summary>A name, or the public key that stands in its place: the whole key where the line has room for it.</summary>
    /// <param name="name">The name, or what has it as its text.</param>
    /// <param name="taken">The columns that others take of the line.</param>
    public static string NameOrKey(PSObject? name, int taken) =>
        Item(name) is var text && text.Length <= TerminalWidth() - taken ? text : NameOrKey(name);

    /// <summary>
    /// A text in lines that end between words. The engine breaks lines within words in most cultures, such as the invariant one.
    /// </summary>
    /// <param name="text">The text; its own lines stay.</param>
    /// <param name="taken">The columns that others take of each line.</param>
    public static string Fold(string? text, int taken) =>
        string.Join('\n', (text ?? "").Split('\n').SelectMany(line => Folded(line, Math.Max(LeastWidth, TerminalWidth() - taken))));

    /// <summary>One thing as a line has it.</summary>
    /// <param name="value">The thing: a text, an entity, the place of one, or what else has a text.</param>
    public static string Item(PSObject? value) => TextOf(value);

    internal static string TextOf(object? value) => Bare(value) switch
    {
        null => "",
        NatsEntity entity => entity.Path.ToString(),
        PSObject read when read.TypeNames.Contains("Deserialized.NatsKeys.Store.NatsEntity") => PathOf(read),
        var other => (value as PSObject)?.ToString() ?? other.ToString() ?? "",
    };

    /// <summary>Whether there are any of some things.</summary>
    /// <param name="values">The things.</param>
    public static bool Any(object? values) => Items(values).Any(text => text.Length > 0);

    /// <summary>What a key is used for: what comes first, and how many more there are; nothing where nobody looked.</summary>
    /// <param name="uses">The uses.</param>
    public static string Uses(object? uses)
    {
        string[] all = [.. Items(uses)];
        return Bare(uses) is null ? "" : all.Length switch
        {
            0 => "(nothing)",
            1 => all[0],
            _ => $"{all[0]} (and {all.Length - 1} more)",
        };
    }

    /// <summary>What a key is used for: all of it where two lines have room for it.</summary>
    /// <param name="uses">The uses.</param>
    /// <param name="taken">The columns that others take of each line.</param>
    public static string Uses(object? uses, int taken)
    {
        string[] first = [.. Items(uses).Take(Most + 1)];
        string all = string.Join(", ", first);
        return first.Length is > 0 and <= Most && all.Length <= 2 * (TerminalWidth() - taken) ? all : Uses(uses);
    }

    /// <summary>A short time; nothing for none.</summary>
    /// <param name="time">The time.</param>
    public static string Milliseconds(object? time) => Bare(time) is TimeSpan span
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.###} ms")
        : "";

    /// <summary>A point in time, also where it comes from a file or another process.</summary>
    /// <param name="date">A date, what is left of one, or null.</param>
    internal static DateTimeOffset? TimeOf(object? date) => Bare(date) switch
    {
        null => null,
        DateTimeOffset time => time,
        DateTime time => time,
        _ when (date as PSObject)?.Properties["UtcDateTime"]?.Value is { } utc && Bare(utc) is DateTime time => time,
        var other => DateTimeOffset.TryParse(
            $"{date ?? other}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read)
            ? read
            : null,
    };

    // The engine takes objects out of their wrappers, unless a parameter is of the wrapper's type. An enumeration comes as a number that has its word
    // as its text.
    internal static object? Bare(object? value) => value is not PSObject wrapped || wrapped.BaseObject is PSCustomObject ? value
        : wrapped.TypeNames.Contains("Deserialized.System.Enum") ? wrapped.ToString()
        : wrapped.BaseObject;

    private static string PathOf(PSObject entity)
    {
        string?[] names = [Value("Operator"), Value("Account"), Value("Name")];
        return $"{Value("Kind")?.ToLowerInvariant()} {string.Join('/', names.OfType<string>())}";

        string? Value(string name) => entity.Properties[name]?.Value?.ToString();
    }

    private static long? NumberOf(object? value) =>
        Bare(value) switch
        {
            // Files and other processes have the number or the word.
            nameof(NatsLimit.Unlimited) => LimitParser.Unlimited,
            IConvertible number and not string =>
                number.ToInt64(CultureInfo.InvariantCulture) is var limit && limit == (long)NatsLimit.Unlimited ? LimitParser.Unlimited : limit,
            _ => null,
        };

    private static IEnumerable<string> Items(object? values) => Bare(values) switch
    {
        null => [],
        string text => text.Length == 0 ? [] : [text],
        IEnumerable items => items.Cast<object?>().Select(TextOf),
        var other => [TextOf(other)],
    };

    private static IEnumerable<string> Folded(string line, int width)
    {
        while (line.Length > width)
        {
            int end = line.LastIndexOf(' ', width);
            if (end <= 0 && line.LastIndexOf('/', width - 1) is > 0 and var slash)
            {
                // A path that is too long ends its line between two names.
                yield return line[..(slash + 1)];
                line = line[(slash + 1)..];
                continue;
            }

            end = end > 0 ? end : line.IndexOf(' ', width);
            if (end < 0)
            {
                break;
            }

            yield return line[..end];
            line = line[(end + 1)..];
        }

        yield return line;
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? UsualWidth : Console.WindowWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
