namespace NatsKeys.Jwt;

/// <summary>
/// The limits within which times from others are trusted. Their clock may be wrong, or they may want a token that no revocation covers.
/// </summary>
internal static class ClockSlack
{
    /// <summary>
    /// The time in the future up to which an issue time causes no warning. A second token of the same second is issued one second later.
    /// </summary>
    public static readonly TimeSpan WarnedAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The time in the future up to which an issue time is exceeded by the next token: thousands of tokens in a row move ahead of the clock.
    /// </summary>
    public static readonly TimeSpan Followed = TimeSpan.FromHours(1);
}
