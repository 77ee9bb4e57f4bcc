namespace NatsKeys.Binding;

/// <summary>
/// What users may do once a list that restricts them is empty. Servers take such a list for no restriction, so that an empty list which somebody
/// gives, often by a slip of a script, would open what it seems to close.
/// </summary>
/// <param name="What">What is open to all, after "users may".</param>
/// <param name="Instead">What to use in the place of an empty list; null for nothing beside taking entries away.</param>
internal sealed record Opening(string What, string? Instead = null)
{
    /// <summary>An empty list of what may be published on.</summary>
    public static Opening Publish { get; } = new(
        "publish on every subject that is not denied", "-DenyPublish '>' to allow nothing, -AllowPublish '>' to allow everything");

    /// <summary>An empty list of what may be subscribed to.</summary>
    public static Opening Subscribe { get; } = new(
        "subscribe to every subject that is not denied", "-DenySubscribe '>' to allow nothing, -AllowSubscribe '>' to allow everything");

    /// <summary>An empty list of what may not be published on.</summary>
    public static Opening DeniedPublish { get; } = new("publish on what was denied");

    /// <summary>An empty list of what may not be subscribed to.</summary>
    public static Opening DeniedSubscribe { get; } = new("subscribe to what was denied");

    /// <summary>An empty list of networks.</summary>
    public static Opening Network { get; } = new("connect from every network");

    /// <summary>An empty list of ways to connect.</summary>
    public static Opening ConnectionType { get; } = new("connect in every way");

    /// <summary>An empty list of times of the day.</summary>
    public static Opening Time { get; } = new("be connected at every time of the day");

    /// <summary>Refuses a list that was given and is empty.</summary>
    /// <param name="parameter">The parameter that has it.</param>
    /// <param name="given">The list.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public void Refuse(string parameter, IReadOnlyCollection<string> given)
    {
        if (given.Count == 0)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The list of -{parameter} is empty, and users could {What}. Nothing was signed. Use {(Instead is null ? "" : $"{Instead}, or ")}"
                    + $"-Remove{parameter} to take entries away, and leave -{parameter} out where nothing is to be restricted.");
        }
    }
}
