namespace NatsKeys.Store;

/// <summary>Converts the limits of tokens to values that sort.</summary>
internal static class LimitValues
{
    private static readonly object Unlimited = NatsLimit.Unlimited;

    /// <summary>Converts a limit; a negative number means unlimited.</summary>
    public static object Of(long limit) => limit < 0 ? Unlimited : limit;

    /// <summary>Converts a limit; zero or a negative number means unlimited.</summary>
    public static object OfPositive(long limit) => limit <= 0 ? Unlimited : limit;
}
