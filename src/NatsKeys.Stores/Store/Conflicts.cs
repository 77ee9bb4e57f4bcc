using System.Diagnostics;

namespace NatsKeys.Store;

/// <summary>
/// Makes a change again where others changed what it was made from. Only stores without a lock have such conflicts; in others nothing is done twice.
/// </summary>
internal static class Conflicts
{
    private const int LongestPause = 250;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Makes a change, from the newest state each time.</summary>
    /// <param name="change">Begins the change, makes and commits it.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreConflict"/>: others were faster for a whole minute.</exception>
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
                // Of many who wait, not all come back at once.
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
