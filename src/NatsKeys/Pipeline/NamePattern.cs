using System.Management.Automation;

namespace NatsKeys.Pipeline;

/// <summary>Patterns with wildcards for names, which are the same whatever their case.</summary>
internal static class NamePattern
{
    /// <summary>The pattern of a text.</summary>
    /// <param name="text">A name, with or without wildcards.</param>
    public static WildcardPattern Of(string text) => WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
}
