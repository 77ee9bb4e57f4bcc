namespace NatsKeys;

/// <summary>Converts the times of tokens: Unix seconds, with 0 for none.</summary>
internal static class UnixTime
{
    private static readonly long Minimum = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long Maximum = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Whether a token has expired: at the second of expiry it is still valid.</summary>
    public static bool IsExpired(long expires, long now) => expires > 0 && now > expires;

    /// <summary>Whether a token is not valid yet.</summary>
    public static bool IsNotYet(long notBefore, long now) => notBefore > 0 && notBefore > now;

    /// <summary>Returns the Unix second of a date; 0 for none.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: a token cannot carry the date.</exception>
    public static long FromDate(DateTimeOffset? date) => date?.ToUnixTimeSeconds() switch
    {
        null => 0,
        > 0 and var seconds => seconds,
        _ =>
            throw new NatsKeysException(
                ErrorCode.InvalidTime, $"A token cannot hold the time {date:u}. It must be after 1970-01-01 00:00:00Z."),
    };

    /// <summary>
    /// Returns the date; null for 0. A token may contain any number. Numbers outside of the calendar become its first or last second.
    /// </summary>
    public static DateTimeOffset? ToDate(long seconds) =>
        seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, Minimum, Maximum));
}
