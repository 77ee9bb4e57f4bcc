namespace NatsKeys;

/// <summary>The times of tokens: Unix seconds, where 0 stands for none.</summary>
internal static class UnixTime
{
    private static readonly long Minimum = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long Maximum = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The date; null for 0. A token may carry any number: those beyond the calendar become its first or last second.</summary>
    public static DateTimeOffset? ToDate(long seconds) =>
        seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, Minimum, Maximum));
}
