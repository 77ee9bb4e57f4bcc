using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace NatsKeys.Tests.Help;

/// <summary>Makes the table of all errors in the topic about them: what each means from the code's own documentation, the rest from the module.</summary>
internal static partial class ErrorTable
{
    internal const string Page = "about_NatsKeysErrors";
    private const string Heading = "## Error ids\n\n";
    private const string Header = "| Id | Category | Meaning | What to do |\n|---|---|---|---|\n";

    /// <summary>The page with the table that belongs into it.</summary>
    internal static string Renew(string page, ModuleCommands commands)
    {
        int start = page.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length;
        int end = page.IndexOf("\n## ", start, StringComparison.Ordinal);
        return page[..start] + Write(commands) + page[end..];
    }

    private static string Write(ModuleCommands commands)
    {
        Dictionary<string, string> meanings = Meanings();
        var table = new StringBuilder(Header);
        foreach (ErrorRecord record in Records(commands).OrderBy(record => record.FullyQualifiedErrorId, StringComparer.Ordinal))
        {
            string id = record.FullyQualifiedErrorId;
            string[] cells = [$"`{id}`", $"{record.CategoryInfo.Category}", meanings[id], record.ErrorDetails.RecommendedAction];
            table.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", @"\|", StringComparison.Ordinal))).Append(" |\n");
        }

        return table.ToString();
    }

    /// <summary>An error record of each code, as cmdlets write it.</summary>
    private static IEnumerable<ErrorRecord> Records(ModuleCommands commands)
    {
        var advice = (Type)commands.Session.Run("[NatsKeys.Errors.ErrorAdvice]").Single.BaseObject;
        MethodInfo toRecord = advice.Assembly.GetType("NatsKeys.Errors.ErrorCatalog", throwOnError: true)!.GetMethod("ToRecord", BindingFlags.Static | BindingFlags.Public)!;
        return commands.Session.Run("[enum]::GetValues([NatsKeys.ErrorCode]) | ForEach-Object { [NatsKeys.NatsKeysException]::new($_, 'a message', $null) }").Output
            .Select(error => (ErrorRecord)toRecord.Invoke(null, [error.BaseObject, null])!);
    }

    private static Dictionary<string, string> Meanings()
    {
        string source = File.ReadAllText(Path.Combine(HelpPage.Folder, "..", "..", "NatsKeys.Core", "ErrorCode.cs"));
        return Documented().Matches(source).ToDictionary(
            match => match.Groups["name"].Value,
            match => Tag().Replace(Break().Replace(match.Groups["summary"].Value, " "), "`$1`"),
            StringComparer.Ordinal);
    }

    [GeneratedRegex(@"/// <summary>(?<summary>(?:(?!</summary>).)*)</summary>\s+(?<name>\w+),", RegexOptions.Singleline)]
    private static partial Regex Documented();

    [GeneratedRegex(@"\s*///\s*")]
    private static partial Regex Break();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Tag();
}
