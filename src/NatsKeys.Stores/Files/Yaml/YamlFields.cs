using System.Globalization;

namespace NatsKeys.Files;

/// <summary>Reads and writes the members of files: text, dates, and the format, which identifies the version of the file.</summary>
internal static class YamlFields
{
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Adds text, unless it is null or empty.</summary>
    public static void AddText(this YamlMapping root, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            root.Add(name, new YamlScalar(value, isPlain: false));
        }
    }

    /// <summary>Adds a time as a date, or as a number if it is beyond the calendar. Adds nothing if there is no time.</summary>
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

    /// <summary>Returns the text of a node; null for YAML's null.</summary>
    /// <exception cref="NatsKeysException">It is not text.</exception>
    public static string? ToText(this YamlNode node) => node is YamlScalar { IsNull: true } ? null : node.AsText();

    /// <summary>Returns the Unix time in seconds of a node, which is a date or a number; 0 for YAML's null.</summary>
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

    /// <summary>Returns a required member.</summary>
    /// <exception cref="NatsKeysException">It is missing.</exception>
    public static YamlNode Require(this YamlMapping mapping, string name) =>
        mapping.Find(name) ?? throw YamlParser.Fault(mapping, $"the member '{name}' is missing");

    /// <summary>Returns the text of a member; null if it is missing or not text.</summary>
    public static string? FindText(this YamlMapping mapping, string name) => (mapping.Find(name) as YamlScalar)?.Text;

    /// <summary>Refuses a file of an unsupported format.</summary>
    /// <param name="format">The format of the file.</param>
    /// <param name="known">The supported format.</param>
    /// <param name="code">The error code if the formats differ.</param>
    /// <exception cref="NatsKeysException">The formats differ.</exception>
    public static void RequireFormat(string? format, string known, ErrorCode code = ErrorCode.StoreFormat)
    {
        if (format != known)
        {
            throw new NatsKeysException(code, $"Its format is '{format}'. This version supports format {known}.");
        }
    }
}
