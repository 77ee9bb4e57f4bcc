using System.Diagnostics;

namespace NatsKeys.Store;

/// <summary>
/// Retries a change when another writer changed what it is based on. Only stores without a lock have such conflicts; in other stores every change
/// runs once.
/// </summary>
internal static class Conflicts
{
    private const int LongestPause = 250;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Makes a change, and retries it from the newest state after each conflict.</summary>
    /// <param name="change">Begins the change, makes it and commits it.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreConflict"/>: other writers were faster for a whole minute.</exception>
    public static T Retry<T>(Func<T> change)
    {
        long start = Stopwatch.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return change();
            }
            catch (NatsKeysException error) when (error.Code == ErrorCode.StoreConflict && Stopwatch.GetElapsedTime(start) < Patience)
            {
                // A random pause, so that not all waiting writers retry at the same moment.
                Thread.Sleep(Random.Shared.Next(Math.Min(LongestPause, 5 * attempt)));
            }
        }
    }

    /// <inheritdoc cref="Retry{T}"/>
    public static void Retry(Action change) => Retry(() =>
    {
        change();
        return true;
    });
}
