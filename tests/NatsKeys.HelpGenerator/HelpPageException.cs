namespace NatsKeys.HelpGenerator;

/// <summary>A page has not the form that all have.</summary>
/// <param name="page">The path of the page.</param>
/// <param name="message">What is wrong with it.</param>
internal sealed class HelpPageException(string page, string message) : Exception(message)
{
    /// <summary>Gets the path of the page.</summary>
    internal string Page { get; } = page;
}
