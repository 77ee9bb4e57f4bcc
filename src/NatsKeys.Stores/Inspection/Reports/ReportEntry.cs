using System.Text;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A finding as it appears in a report.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Place">Where it is.</param>
internal sealed record ReportEntry(StoreFinding Finding, FindingPlace Place)
{
    public ValidationRule Rule { get; } = StoreRules.Find(Finding.Rule) ?? new ValidationRule(Finding.Rule, Finding.Severity, Finding.Rule);

    /// <summary>The entity; the whole store where it is none.</summary>
    public string Entity { get; } = Finding.Path?.ToString() ?? "store";

    public string Message { get; } = Printable(Finding.Message);

    /// <summary>
    /// Messages and names of files repeat what somebody wrote. What is half a character, or one that no XML has, is shown as such, and what nobody
    /// sees or what turns the direction of others is spelled out.
    /// </summary>
    public static string Printable(string text) => string.Concat(text.EnumerateRunes().Select(Printable));

    private static string Printable(Rune rune) =>
        !IsPrintable(rune.Value) ? "\uFFFD" : rune.Value == '\t' ? "\t" : TextSanitizer.Clean(rune.ToString());

    private static bool IsPrintable(int rune) => (rune >= ' ' || rune is '\t' or '\n') && rune is not (0xFFFE or 0xFFFF);
}
