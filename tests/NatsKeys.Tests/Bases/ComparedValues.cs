using System.Management.Automation.Language;

namespace NatsKeys.Tests.Bases;

/// <summary>What a condition of PowerShell compares, for the message of a test that fails.</summary>
internal static class ComparedValues
{
    /// <summary>The scripts of both sides of each comparison in the last statement of a script; constants tell nothing new.</summary>
    internal static IEnumerable<string> Of(string condition)
    {
        StatementAst? last = Parser.ParseInput(condition, out _, out _).EndBlock?.Statements.LastOrDefault();
        IEnumerable<Ast> compared = last?.FindAll(node => node is BinaryExpressionAst, searchNestedScriptBlocks: false).Cast<BinaryExpressionAst>()
            .Where(comparison => comparison.Operator is not (TokenKind.And or TokenKind.Or))
            .SelectMany(comparison => new[] { comparison.Left, comparison.Right }) ?? [];
        return compared.Where(side => side is not (ConstantExpressionAst or BinaryExpressionAst)).Select(side => side.Extent.Text).Distinct();
    }
}
