using System.Management.Automation;
using System.Text;

namespace NatsKeys.HelpGenerator;

/// <summary>
/// Makes the table of all errors in the topic about them: what each means from the code's own documentation, the rest from the module.
/// </summary>
internal static class ErrorTable
{
    /// <summary>The topic that has the table.</summary>
    internal const string Page = "about_NatsKeysErrors";

    /// <summary>The section that ends with it.</summary>
    internal const string Heading = "Error ids";

    private const string Header = "| Id | Category | Meaning | What to do |\n|---|---|---|---|";

    /// <summary>The table, a row for each code.</summary>
    /// <param name="module">The module.</param>
    internal static MarkdownBlock Make(ModuleLibrary module)
    {
        Dictionary<string, string> meanings = module.ErrorMeanings();
        var table = new StringBuilder(Header);
        foreach (ErrorRecord record in module.ErrorRecords().OrderBy(record => record.FullyQualifiedErrorId, StringComparer.Ordinal))
        {
            string id = record.FullyQualifiedErrorId;
            string[] cells = [$"`{id}`", $"{record.CategoryInfo.Category}", meanings[id], record.ErrorDetails.RecommendedAction];
            table.Append("\n| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", @"\|", StringComparison.Ordinal))).Append(" |");
        }

        return new MarkdownBlock(MarkdownBlockKind.Table, table.ToString());
    }
}
