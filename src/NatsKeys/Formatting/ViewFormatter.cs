using System.Collections;
using System.Globalization;
using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>
/// Formats values for the view definitions. The values may come from a file or another process: then times are property bags, and deep objects are
/// texts.
/// </summary>
public static class ViewFormatter
{
    /// <summary>The number of items that a text names. Further ones are counted.</summary>
    internal const int Most = 10;

    private const string None = "None";

    // PowerShell's width without a terminal.
    private const int UsualWidth = 120;
    private const int LeastWidth = 12;
    private const int LeastCell = 6;

    /// <summary>The width that this thread formats for; null for that of the terminal. Tests look at narrow ones.</summary>
    [field: ThreadStatic]
    internal static int? Width { get; set; }

    /// <summary>Returns text with its terminal control characters spelled out. Other values are returned unchanged.</summary>
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

    /// <summary>A limit; an empty text if the value is null.</summary>
    /// <param name="value">The limit.</param>
    public static string Limit(object? value) => NumberOf(value) is { } limit ? LimitParser.Show(limit) : "";

    /// <summary>A size in bytes; an empty text if the value is null.</summary>
    /// <param name="value">The size.</param>
    public static string Size(object? value) => NumberOf(value) is { } size ? LimitParser.ShowSize(size) : "";

    /// <summary>A percentage.</summary>
    /// <param name="value">The percentage.</param>
    public static string Percent(object? value) => $"{Bare(value)}%";

    /// <summary>Items, one a line; "None" if there are none.</summary>
    /// <param name="values">The items: texts, entities, their places, or other objects with a text.</param>
    public static string Lines(object? values) => string.Join('\n', Items(values)) is { Length: > 0 } text ? text : None;

    /// <summary>Items in one line.</summary>
    /// <param name="values">The items.</param>
    public static string List(object? values) => string.Join(", ", Items(values));

    /// <summary>The first items, one a line, and the number of further ones; "None" if there are none.</summary>
    /// <param name="values">The items.</param>
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

    /// <summary>A name, or the first letters of a public key, for tables.</summary>
    /// <param name="name">The name or key, or an object with that text.</param>
    public static string NameOrKey(PSObject? name) => Item(name) is var text && PublicNkey.TryGetType(text, out _) ? Short(text) : text;

    /// <summary>A name, or a public key. The key is shortened if the line has no room for all of it.</summary>
    /// <param name="name">The name or key, or an object with that text.</param>
    /// <param name="taken">The number of characters that the rest of the line needs.</param>
    public static string NameOrKey(PSObject? name, int taken) =>
        Item(name) is var text && text.Length <= TerminalWidth() - taken ? text : NameOrKey(name);

    /// <summary>
    /// A name in a table, or a public key. A key that is longer than the share of its column is shortened, and so is a name.
    /// </summary>
    /// <param name="name">The name or key, or an object with that text.</param>
    /// <param name="percent">The share of its column.</param>
    /// <param name="taken">The number of characters that columns without a share need.</param>
    public static string NameOrKey(PSObject? name, int percent, int taken) =>
        Item(name) is var text && text.Length <= Share(percent, taken) ? text : Fit(NameOrKey(name), percent, taken);

    /// <summary>
    /// A text in a table. PowerShell makes a column as wide as its longest text, and leaves out the last columns if the line has no room for all of
    /// them. So a text never takes more than the share of its column: the middle of a longer one is left out.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="percent">The share of its column in what the columns without a share leave of the line.</param>
    /// <param name="taken">The number of characters that columns without a share need.</param>
    public static string Fit(string? text, int percent, int taken)
    {
        string whole = TextSanitizer.Clean(text ?? "");
        int most = Share(percent, taken);
        return whole.Length <= most ? whole : $"{whole[..(most / 2)]}…{whole[^((most - 1) / 2)..]}";
    }

    /// <summary>Breaks a text of the last column of a table into lines that are as wide as its share, between words.</summary>
    /// <param name="text">The text. Its line breaks are kept.</param>
    /// <param name="percent">The share of its column in what the columns without a share leave of the line.</param>
    /// <param name="taken">The number of characters that columns without a share need.</param>
    public static string FoldShare(string? text, int percent, int taken) => FoldTo(text, Math.Max(LeastWidth, Share(percent, taken)));

    /// <summary>Breaks a text into lines between words. In most cultures, such as the invariant one, PowerShell breaks lines within words.</summary>
    /// <param name="text">The text. Its line breaks are kept.</param>
    /// <param name="taken">The number of characters that the rest of each line needs.</param>
    public static string Fold(string? text, int taken) =>
        FoldTo(text, Math.Max(LeastWidth, TerminalWidth() - taken));

    /// <summary>
    /// Breaks a text into lines of a width, between words. The column needs this width: PowerShell takes the length of all lines together for the
    /// width of a column that it sizes itself.
    /// </summary>
    /// <param name="text">The text. Its line breaks are kept.</param>
    /// <param name="width">The number of characters in a line.</param>
    public static string FoldTo(string? text, int width) =>
        string.Join('\n', (text ?? "").Split('\n').SelectMany(line => Folded(line, width)));

    /// <summary>The text of an item.</summary>
    /// <param name="value">The item: a text, an entity, its place, or another object with a text.</param>
    public static string Item(PSObject? value) => TextOf(value);

    internal static string TextOf(object? value) => Bare(value) switch
    {
        null => "",
        NatsEntity entity => entity.Path.ToString(),
        PSObject read when read.TypeNames.Contains("Deserialized.NatsKeys.Store.NatsEntity") => PathOf(read),
        var other => (value as PSObject)?.ToString() ?? other.ToString() ?? "",
    };

    /// <summary>Whether there are any items.</summary>
    /// <param name="values">The items.</param>
    public static bool Any(object? values) => Items(values).Any(text => text.Length > 0);

    /// <summary>The first use of a key, and the number of further ones; an empty text if the uses were not determined.</summary>
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

    /// <summary>All uses of a key if they fit into two lines.</summary>
    /// <param name="uses">The uses.</param>
    /// <param name="taken">The number of characters that the rest of each line needs.</param>
    public static string Uses(object? uses, int taken)
    {
        string[] first = [.. Items(uses).Take(Most + 1)];
        string all = string.Join(", ", first);
        return first.Length is > 0 and <= Most && all.Length <= 2 * (TerminalWidth() - taken) ? all : Uses(uses);
    }

    /// <summary>A short time; an empty text for none.</summary>
    /// <param name="time">The time.</param>
    public static string Milliseconds(object? time) => Bare(time) is TimeSpan span
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.###} ms")
        : "";

    /// <summary>Converts a point in time, which may come from a file or another process.</summary>
    /// <param name="date">A date, a deserialized one, or null.</param>
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

    // PowerShell unwraps objects, unless a parameter has the type of the wrapper. A deserialized enumeration is a number with its name as text.
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
            // Files and other processes have the number or the name.
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
            if (end <= 0 && EndOfPart(line, width) is > 0 and var part)
            {
                yield return line[..part];
                line = line[part..];
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

    // A path that is too long is broken between two names, and a name or a subject between its parts.
    private static int EndOfPart(string line, int width) =>
        line.LastIndexOf('/', width - 1) is > 0 and var slash ? slash + 1 : line.AsSpan(0, width).LastIndexOfAny('.', '-', '_') + 1;

    private static int Share(int percent, int taken) => Math.Max(LeastCell, (TerminalWidth() - taken) * percent / 100);

    private static int TerminalWidth()
    {
        if (Width is { } known)
        {
            return known;
        }

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
