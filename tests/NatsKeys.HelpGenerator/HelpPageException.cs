namespace NatsKeys.HelpGenerator;

/// <summary>A page does not have the required form.</summary>
/// <param name="page">The path of the page.</param>
/// <param name="message">The problem.</param>
internal sealed class HelpPageException(string page, string message) : Exception(message)
{
    /// <summary>Gets the path of the page.</summary>
    internal string Page { get; } = page;
}
