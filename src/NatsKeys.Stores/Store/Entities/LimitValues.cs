namespace NatsKeys.Store;

/// <summary>Limits as tokens carry them, as values that sort.</summary>
internal static class LimitValues
{
    private static readonly object Unlimited = NatsLimit.Unlimited;

    /// <summary>A limit where -1 is none.</summary>
    public static object Of(long limit) => limit < 0 ? Unlimited : limit;

    /// <summary>A limit where 0 is none, too.</summary>
    public static object OfPositive(long limit) => limit <= 0 ? Unlimited : limit;
}
