namespace NatsKeys.Store;

/// <summary>The default values of new entities of a store: the member <c>defaults</c> of its natskeys.yaml.</summary>
public sealed record StoreDefaults
{
    /// <summary>No defaults.</summary>
    public static StoreDefaults None { get; } = new();

    /// <summary>How long new users are valid, such as <c>90d</c> or <c>1y</c>; null for no limit.</summary>
    public string? Expires { get; init; }

    /// <summary>Gets when a user that is created now expires; null for never.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not a duration, or not a positive one.</exception>
    internal DateTimeOffset? ExpiryOf(DateTimeOffset now)
    {
        if (Expires is null)
        {
            return null;
        }

        // A date would make all users expire at once, and after it the store could not create any more.
        return TimeParser.ParseDuration(Expires) > TimeSpan.Zero
            ? TimeParser.Parse(Expires, now)
            : throw new NatsKeysException(ErrorCode.InvalidTime, $"'{Expires}' is not longer than zero.");
    }

    /// <summary>Returns the defaults as readable text.</summary>
    public override string ToString() => Expires is null ? "" : $"users expire after {TextSanitizer.Clean(Expires)}";
}
