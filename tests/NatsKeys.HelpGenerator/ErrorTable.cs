using System.Management.Automation;
using System.Text;

namespace NatsKeys.HelpGenerator;

/// <summary>Creates the table of errors in their topic. The meaning comes from the documentation of the code, the rest from the module.</summary>
internal static class ErrorTable
{
    /// <summary>The topic with the table.</summary>
    internal const string Page = "about_NatsKeysErrors";

    /// <summary>The section that ends with the table.</summary>
    internal const string Heading = "Error ids";

    private const string Header = "| Id | Category | Meaning | What to do |\n|---|---|---|---|";

    /// <summary>Creates the table, with a row for each code.</summary>
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
