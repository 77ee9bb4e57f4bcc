using System.Globalization;

namespace NatsKeys.Files;

/// <summary>Reads and writes the members of files: texts, dates, and the format that tells whether this version knows the file.</summary>
internal static class YamlFields
{
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Adds a text; nothing where there is none.</summary>
    public static void AddText(this YamlMapping root, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            root.Add(name, new YamlScalar(value, isPlain: false));
        }
    }

    /// <summary>Adds a time: as a date, or as the number that it is when the calendar has no such date; nothing where there is none.</summary>
    public static void AddDate(this YamlMapping root, string name, long seconds)
    {
        if (UnixTime.ToDate(seconds) is { } date)
        {
            string text = date.ToUnixTimeSeconds() == seconds
                ? date.ToString(DateFormat, CultureInfo.InvariantCulture)
                : seconds.ToString(CultureInfo.InvariantCulture);
            root.Add(name, new YamlScalar(text, isPlain: true));
        }
    }

    /// <summary>The text of a node; null for the null of YAML.</summary>
    /// <exception cref="NatsKeysException">It is no text.</exception>
    public static string? ToText(this YamlNode node) => node is YamlScalar { IsNull: true } ? null : node.AsText();

    /// <summary>The Unix second of a node, which is a date or a number; 0 for the null of YAML.</summary>
    /// <exception cref="NatsKeysException">It is neither.</exception>
    public static long ToSeconds(this YamlNode node)
    {
        string text = node.ToText() ?? "0";
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            return seconds;
        }

        try
        {
            return TimeParser.ParseDate(text).ToUnixTimeSeconds();
        }
        catch (NatsKeysException error)
        {
            throw YamlParser.Fault(node, error.Message.TrimEnd('.'));
        }
    }

    /// <summary>A member that must be there.</summary>
    /// <exception cref="NatsKeysException">It is missing.</exception>
    public static YamlNode Require(this YamlMapping mapping, string name) =>
        mapping.Find(name) ?? throw YamlParser.Fault(mapping, $"the member '{name}' is missing");

    /// <summary>The text of a member; null where it is missing or is no text.</summary>
    public static string? FindText(this YamlMapping mapping, string name) => (mapping.Find(name) as YamlScalar)?.Text;

    /// <summary>Refuses a file of another format than the one that is known.</summary>
    /// <param name="format">What the file says.</param>
    /// <param name="known">The format that is known.</param>
    /// <param name="code">What it is when the file is of another one.</param>
    /// <exception cref="NatsKeysException">It is of another format.</exception>
    public static void RequireFormat(string? format, string known, ErrorCode code = ErrorCode.StoreFormat)
    {
        if (format != known)
        {
            throw new NatsKeysException(code, $"Its format is '{format}'. This version supports format {known}.");
        }
    }
}
