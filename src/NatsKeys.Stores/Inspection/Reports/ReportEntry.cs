using System.Text;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A finding as it appears in a report.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Place">The location of the finding.</param>
internal sealed record ReportEntry(StoreFinding Finding, FindingPlace Place)
{
    public ValidationRule Rule { get; } = StoreRules.Find(Finding.Rule) ?? new ValidationRule(Finding.Rule, Finding.Severity, Finding.Rule);

    /// <summary>The entity; <c>store</c> if the finding is not about one.</summary>
    public string Entity { get; } = Finding.Path?.ToString() ?? "store";

    public string Message { get; } = Printable(Finding.Message);

    /// <summary>
    /// Makes text printable: messages and file names repeat user input. Lone surrogates and characters that XML does not allow become U+FFFD.
    /// Invisible characters and those that change the text direction are spelled out.
    /// </summary>
    public static string Printable(string text) => string.Concat(text.EnumerateRunes().Select(Printable));

    private static string Printable(Rune rune) =>
        !IsPrintable(rune.Value) ? "\uFFFD" : rune.Value == '\t' ? "\t" : TextSanitizer.Clean(rune.ToString());

    private static bool IsPrintable(int rune) => (rune >= ' ' || rune is '\t' or '\n') && rune is not (0xFFFE or 0xFFFF);
}
