using System.Globalization;
using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Formatting;

/// <summary>The texts of values in the default views, as the view definitions ask for them.</summary>
public static class ViewText
{
    /// <summary>How many things a text names before it only counts the rest.</summary>
    internal const int Most = 10;

    private const string None = "None";
    private const string Unlimited = "Unlimited";

    /// <summary>What stands in a view of what somebody wrote: the text spells out whatever would speak to the terminal. All else is itself.</summary>
    /// <param name="value">The value.</param>
    public static object? Safe(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string text => VisibleText.Of(text),
        IEnumerable<string> texts => texts.Select(VisibleText.Of).ToArray(),
        _ => value,
    };

    /// <summary>A date, in UTC; "Never" for none.</summary>
    /// <param name="date">The date.</param>
    public static string Date(DateTimeOffset? date) =>
        date?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "Never";

    /// <summary>A limit: "Unlimited" for -1.</summary>
    /// <param name="value">The limit.</param>
    public static string Limit(long value) => value == -1 ? Unlimited : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A size in bytes: "Unlimited" for -1.</summary>
    /// <param name="value">The size.</param>
    public static string Size(long value) => value switch
    {
        -1 => Unlimited,
        < 1024 => $"{value} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{value / 1024.0:0.#} KiB ({value} bytes)"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{value / (1024.0 * 1024):0.#} MiB ({value} bytes)"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / (1024.0 * 1024 * 1024):0.#} GiB ({value} bytes)"),
    };

    /// <summary>Texts, one a line; "None" for none.</summary>
    /// <param name="values">The texts.</param>
    public static string Lines(IEnumerable<string> values) => string.Join('\n', values) is { Length: > 0 } text ? text : None;

    /// <summary>The first of some things, one a line, and how many more there are; "None" for none.</summary>
    /// <param name="values">The things.</param>
    public static string Some(IEnumerable<object> values)
    {
        object[] all = [.. values];
        return Lines(
            [.. all.Take(Most).Select(value => value.ToString()!), .. all.Length > Most ? [$"and {all.Length - Most} more"] : Array.Empty<string>()]);
    }

    /// <summary>The first letters of a public key, for tables.</summary>
    /// <param name="publicKey">The public key.</param>
    public static string Short(string? publicKey)
    {
        const int shown = 12;
        return publicKey is { Length: > shown } ? publicKey[..shown] + "…" : publicKey ?? "";
    }

    /// <summary>The end of the path of a user's credentials, by which people tell it: operator, account and user.</summary>
    /// <param name="path">The path; null for none.</param>
    public static string CredentialFile(string? path)
    {
        const int parts = 3;
        return path is null ? "" : string.Join('/', path.Split(Path.DirectorySeparatorChar)[^parts..]);
    }

    /// <summary>A name, or the first letters of the public key that stands in its place, for tables.</summary>
    /// <param name="name">The name.</param>
    public static string NameOrKey(string name) => PublicNkey.TryGetType(name, out _) ? Short(name) : name;

    /// <summary>A short time.</summary>
    /// <param name="time">The time.</param>
    public static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###} ms");
}
