namespace NatsKeys.Jwt;

/// <summary>How far to trust times that others stated. Their clock may be wrong, or they may want a token that no revocation covers.</summary>
internal static class ClockSlack
{
    /// <summary>How far in the future a time may be without a warning. A second token of the same second is issued one second later.</summary>
    public static readonly TimeSpan WarnedAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How far in the future a token may be for the next one to be issued after it: thousands of tokens in a row move ahead of the clock.
    /// </summary>
    public static readonly TimeSpan Followed = TimeSpan.FromHours(1);
}
