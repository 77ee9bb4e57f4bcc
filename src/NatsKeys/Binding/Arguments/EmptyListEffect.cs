using NatsKeys.Errors;

namespace NatsKeys.Binding;

/// <summary>
/// What users may do if a list that restricts them is empty. Servers read an empty list as no restriction, so an empty list, often the result of an
/// error in a script, would allow what it seems to forbid.
/// </summary>
/// <param name="What">What becomes allowed, after the words "users may".</param>
/// <param name="Instead">What to use instead of an empty list; null if there is only removing entries.</param>
internal sealed record EmptyListEffect(string What, string? Instead = null)
{
    /// <summary>An empty list of allowed publish subjects.</summary>
    public static EmptyListEffect Publish { get; } = new(
        "publish on every subject that is not denied", "-DenyPublish '>' to allow nothing, -AllowPublish '>' to allow everything");

    /// <summary>An empty list of allowed subscribe subjects.</summary>
    public static EmptyListEffect Subscribe { get; } = new(
        "subscribe to every subject that is not denied", "-DenySubscribe '>' to allow nothing, -AllowSubscribe '>' to allow everything");

    /// <summary>An empty list of denied publish subjects.</summary>
    public static EmptyListEffect DeniedPublish { get; } = new("publish on what was denied");

    /// <summary>An empty list of denied subscribe subjects.</summary>
    public static EmptyListEffect DeniedSubscribe { get; } = new("subscribe to what was denied");

    /// <summary>An empty list of source networks.</summary>
    public static EmptyListEffect Network { get; } = new("connect from every network");

    /// <summary>An empty list of connection types.</summary>
    public static EmptyListEffect ConnectionType { get; } = new("connect in every way");

    /// <summary>An empty list of allowed times.</summary>
    public static EmptyListEffect Time { get; } = new("be connected at every time of the day");

    /// <summary>Throws if the list was given and is empty.</summary>
    /// <param name="parameter">The parameter with the list.</param>
    /// <param name="given">The list.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public void Refuse(string parameter, IReadOnlyCollection<string> given)
    {
        if (given.Count == 0)
        {
            throw new AdvisedException(
                ErrorCode.InvalidClaims,
                $"The list of -{parameter} is empty, so users could {What}. Nothing was signed. Use {(Instead is null ? "" : $"{Instead}, or ")}"
                    + $"-Remove{parameter} to remove entries. Omit -{parameter} to restrict nothing.");
        }
    }
}
