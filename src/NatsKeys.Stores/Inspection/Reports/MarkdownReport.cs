using System.Globalization;
using System.Text;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Writes a table in GitHub's Markdown, which Azure DevOps and GitLab support, too.</summary>
internal static class MarkdownReport
{
    /// <summary>The length that fits into a comment of a pull request. The rest of the findings is only counted.</summary>
    private const int MostCharacters = 60_000;

    private const string Plain = " .,-/':;()$→+=";

    public static string Write(IReadOnlyList<ReportEntry> entries)
    {
        if (entries.Count == 0)
        {
            return "No findings.\n";
        }

        var text = new StringBuilder("| | entity | finding |\n|---|---|---|\n");
        int written = 0;
        foreach (ReportEntry entry in entries)
        {
            string row = $"| {MarkOf(entry)} | {Cell(entry.Entity)} | {Cell(entry.Message)}{PlaceOf(entry)} |\n";
            if (text.Length + row.Length > MostCharacters)
            {
                break;
            }

            text.Append(row);
            written++;
        }

        if (written < entries.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {entries.Count - written} more.\n");
        }

        return text.ToString();
    }

    private static string MarkOf(ReportEntry entry) =>
        AccessRules.All.Any(rule => rule.Name == entry.Rule.Name) ? $"**{entry.Rule.Name.Split('.')[1]}**" : entry.Finding.Severity.ToString();

    private static string PlaceOf(ReportEntry entry) => entry.Place.File is null ? "" : $"<br/>{Cell(entry.Place.ToString())}";

    /// <summary>Escapes the special characters of Markdown and HTML as numeric entities.</summary>
    private static string Cell(string text)
    {
        var cell = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isPlain = Rune.IsLetterOrDigit(rune) || (rune.IsBmp && Plain.Contains((char)rune.Value, StringComparison.Ordinal));
            cell.Append(isPlain ? rune.ToString() : rune.Value is '\n' or '\t' ? " " : $"&#{rune.Value};");
        }

        return cell.ToString();
    }
}
