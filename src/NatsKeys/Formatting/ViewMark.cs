using System.Management.Automation;
using NatsKeys.Rules;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>
/// Highlights values in the default views with colors of the session's <c>$PSStyle</c>. PowerShell removes colors from files and where they are
/// turned off. If the output of the whole process is redirected, this class omits them.
/// </summary>
public static class ViewMark
{
    private const int DaysToShow = 30;
    private const string Reset = "\u001b[0m";

    // The names of colors in $PSStyle.Formatting, for warnings and for errors.
    private const string Warning = "Warning";
    private const string Error = "Error";

    // The value of $PSStyle.OutputRendering for colors only in the console.
    private const string ToHost = "Host";

    /// <summary>Colors a state, severity, outcome or answer by how serious it is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="style">The session's <c>$PSStyle</c>; null for no colors.</param>
    public static string Of(PSObject? value, PSObject? style) => In(ColourOf(ViewFormatter.Item(value)), ViewFormatter.Item(value), style);

    /// <summary>Colors an expiry that is near or past.</summary>
    /// <param name="date">The expiry; null for none.</param>
    /// <param name="style">The session's <c>$PSStyle</c>; null for no colors.</param>
    public static string Expiry(object? date, PSObject? style)
    {
        DateTimeOffset? expires = ViewFormatter.TimeOf(date);
        TimeSpan? left = expires - DateTimeOffset.UtcNow;
        string? colour = left <= TimeSpan.Zero ? Error : left <= TimeSpan.FromDays(DaysToShow) ? Warning : null;
        return In(colour, TimeParser.Show(expires), style);
    }

    // The text decides, because values from a file or another process have no types.
    private static string? ColourOf(string word) => word switch
    {
        EntityState.Expired or EntityState.Untrusted or EntityState.Revoked => Error,
        EntityState.Unsigned or EntityState.Modified or EntityState.NotYetValid => Warning,
        nameof(FindingSeverity.Error) or nameof(FindingSeverity.Time) => Error,
        nameof(FindingSeverity.Warning) => Warning,
        nameof(ServerOutcome.Refused) => Error,
        nameof(ServerAccountState.Missing) or nameof(ServerAccountState.Different) or nameof(ServerAccountState.Foreign) => Error,
        nameof(ServerAccountState.Older) or nameof(ServerAccountState.Newer) or nameof(ServerAccountState.OnlyOnServer) => Warning,
        nameof(EffectiveState.Dropped) => Error,
        nameof(EffectiveState.NotStated) => Warning,
        "False" => Error,
        _ => null,
    };

    private static string In(string? colour, string text, PSObject? style) =>
        colour is not null && Style(style, "OutputRendering") is { } rendering && !(rendering.ToString() == ToHost && Console.IsOutputRedirected)
        && Style(style, "Formatting") is { } formatting && Style(PSObject.AsPSObject(formatting), colour) is string { Length: > 0 } sequence
            ? $"{sequence}{text}{Reset}" : text;

    // The library that the module is compiled against does not have the type of $PSStyle.
    private static object? Style(PSObject? style, string name) => style?.Properties[name]?.Value;
}
