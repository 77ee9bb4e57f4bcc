using System.Management.Automation;
using NatsKeys.Rules;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>
/// What stands out in the default views, in the colours of the session's <c>$PSStyle</c>. The engine drops them where it writes the text into a
/// file, and where colours are not wanted; where the output of the whole process goes into a file, it is up to us.
/// </summary>
public static class ViewMark
{
    private const int DaysToShow = 30;
    private const string Reset = "\u001b[0m";

    // The names of the colours in $PSStyle.Formatting: of what needs a look, and of what does not work.
    private const string Warning = "Warning";
    private const string Error = "Error";

    // What $PSStyle.OutputRendering says where colours are for the console alone.
    private const string ToHost = "Host";

    /// <summary>A state, severity, outcome or answer, in the colour of how bad it is.</summary>
    /// <param name="value">It.</param>
    /// <param name="style">The session's <c>$PSStyle</c>; null for no colours.</param>
    public static string Of(PSObject? value, PSObject? style) => In(ColourOf(ViewText.Item(value)), ViewText.Item(value), style);

    /// <summary>An expiry; one that is near or past stands out.</summary>
    /// <param name="date">The expiry; null for none.</param>
    /// <param name="style">The session's <c>$PSStyle</c>; null for no colours.</param>
    public static string Expiry(object? date, PSObject? style)
    {
        DateTimeOffset? expires = ViewText.TimeOf(date);
        TimeSpan? left = expires - DateTimeOffset.UtcNow;
        string? colour = left <= TimeSpan.Zero ? Error : left <= TimeSpan.FromDays(DaysToShow) ? Warning : null;
        return In(colour, TimeParser.Show(expires), style);
    }

    // By the words: what comes from a file or another process has nothing else.
    private static string? ColourOf(string word) => word switch
    {
        EntityState.Expired or EntityState.Untrusted or EntityState.Revoked => Error,
        EntityState.Unsigned or EntityState.Modified or EntityState.NotYetValid => Warning,
        nameof(FindingSeverity.Error) or nameof(FindingSeverity.Time) => Error,
        nameof(FindingSeverity.Warning) => Warning,
        nameof(ServerOutcome.Refused) => Error,
        nameof(ServerAccountState.Missing) or nameof(ServerAccountState.Different) or nameof(ServerAccountState.Foreign) => Error,
        nameof(ServerAccountState.Older) or nameof(ServerAccountState.Newer) or nameof(ServerAccountState.OnlyOnServer) => Warning,
        "False" => Error,
        _ => null,
    };

    private static string In(string? colour, string text, PSObject? style) =>
        colour is not null && Style(style, "OutputRendering") is { } rendering && !(rendering.ToString() == ToHost && Console.IsOutputRedirected)
        && Style(style, "Formatting") is { } formatting && Style(PSObject.AsPSObject(formatting), colour) is string { Length: > 0 } sequence
            ? $"{sequence}{text}{Reset}" : text;

    // The library against which the module is built does not know the type of $PSStyle.
    private static object? Style(PSObject? style, string name) => style?.Properties[name]?.Value;
}
