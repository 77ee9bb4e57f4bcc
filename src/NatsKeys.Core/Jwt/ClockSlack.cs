namespace NatsKeys.Jwt;

/// <summary>
/// How far times may be believed that somebody else stated. Who chose them may have had a clock that is far off, or wanted to reach beyond every
/// revocation.
/// </summary>
internal static class ClockSlack
{
    /// <summary>How far clocks may go wrong before it is told. What is signed twice in a second has the time of the next one.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How far ahead a token may be for the next one to come after it: what is signed thousands of times in a row moves ahead of the clock.
    /// </summary>
    public static readonly TimeSpan Followed = TimeSpan.FromHours(1);
}
