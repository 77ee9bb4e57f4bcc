using System.Management.Automation;

namespace NatsKeys.Pipeline;

/// <summary>Creates wildcard patterns for names, which ignore case.</summary>
internal static class NamePattern
{
    /// <summary>Creates a pattern from a text.</summary>
    /// <param name="text">A name, with or without wildcards.</param>
    public static WildcardPattern Of(string text) => WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
}
