using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NatsKeys.Rules;

namespace NatsKeys.Inspection;

/// <summary>Writes SARIF 2.1.0, as defined by OASIS and read by GitHub and Azure DevOps.</summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IReadOnlyList<ReportEntry> entries)
    {
        ReportEntry[] rules = [.. entries
            .DistinctBy(entry => entry.Rule.Name)
            .OrderBy(entry => entry.Rule.Name, StringComparer.Ordinal)];
        var indexes = rules
            .Select((entry, index) => (entry.Rule.Name, index))
            .ToDictionary(rule => rule.Name, rule => rule.index, StringComparer.Ordinal);
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, rules);
            json.WriteString("columnKind", "utf16CodeUnits");
            WriteResults(json, entries, indexes);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    /// <param name="json">The report.</param>
    /// <param name="rules">One entry for each rule: all findings of a rule have the same advice.</param>
    private static void WriteTool(Utf8JsonWriter json, ReportEntry[] rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "NatsKeys");
        json.WriteString("semanticVersion", typeof(SarifReport).Assembly.GetName().Version!.ToString(fieldCount: 3));
        json.WriteStartArray("rules");
        foreach (ReportEntry entry in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Rule.Name);
            WriteText(json, "shortDescription", entry.Rule.Summary);
            if (entry.Finding.Advice is { } advice)
            {
                WriteText(json, "help", advice);
            }

            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(entry.Rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResults(Utf8JsonWriter json, IReadOnlyList<ReportEntry> entries, Dictionary<string, int> indexes)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        json.WriteStartArray("results");
        foreach (ReportEntry entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("ruleId", entry.Rule.Name);
            json.WriteNumber("ruleIndex", indexes[entry.Rule.Name]);
            json.WriteString("level", LevelOf(entry.Finding.Severity));
            WriteText(json, "message", entry.Message);
            WriteLocation(json, entry);
            json.WriteStartObject("partialFingerprints");
            json.WriteString("finding/v1", Fingerprint(entry, seen));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, ReportEntry entry)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (entry.Place.File is { } file)
        {
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", string.Join('/', file.Split('/').Select(Uri.EscapeDataString)));
            json.WriteEndObject();
            if (entry.Place.Line is { } line)
            {
                json.WriteStartObject("region");
                json.WriteNumber("startLine", line);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName", entry.Entity);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Writes a SARIF message. Braces are placeholders there, so they are doubled.</summary>
    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        json.WriteEndObject();
    }

    /// <summary>
    /// A fingerprint that identifies the same finding in the next run, even on another line. It leaves out the message, which may contain dates.
    /// </summary>
    private static string Fingerprint(ReportEntry entry, Dictionary<string, int> seen)
    {
        // Findings about keys differ only in their messages.
        string what = entry.Finding.Path is null ? entry.Message : entry.Finding.Claim;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Rule.Name}\n{entry.Entity}\n{what}")));
        int number = seen[hash] = seen.GetValueOrDefault(hash) + 1;
        return $"{hash}:{number}";
    }

    private static string LevelOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Warning => "warning",
        FindingSeverity.Advice => "note",
        _ => "error",
    };
}
