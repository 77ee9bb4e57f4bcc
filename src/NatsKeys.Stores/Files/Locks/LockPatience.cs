namespace NatsKeys.Files;

/// <summary>
/// Measures how long a process waits for a lock. The time restarts whenever another process gets the lock, its holder makes progress, or the
/// queue advances.
/// </summary>
/// <param name="clock">Measures the time.</param>
internal sealed class LockPatience(TimeProvider clock)
{
    /// <summary>The time without progress after which the wait times out.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // After this time without progress, the processes ahead in the queue may have stopped, and the lock may be free.
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(1);

    // While this process did not run (the machine slept or was busy), it could not see progress. An interval thus counts at most this much.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);
    private (int Before, string? Holding, long Progress) seen = (-1, null, 0);
    private TimeSpan waited;
    private long last = clock.GetTimestamp();

    /// <summary>Whether there was no progress for a while.</summary>
    public bool IsStalled => waited >= Stalled;

    /// <summary>Whether the wait has timed out.</summary>
    public bool IsOver => waited >= Limit;

    /// <summary>Records the current state.</summary>
    /// <param name="before">The number of waiters ahead in the queue.</param>
    /// <param name="holder">The holder of the lock.</param>
    public void Observe(int before, LockRecord? holder)
    {
        long now = clock.GetTimestamp();
        TimeSpan passed = clock.GetElapsedTime(last, now);
        last = now;
        (int, string?, long) state = (before, holder?.Holding, holder?.Progress ?? 0);
        waited = state == seen ? waited + (passed < Most ? passed : Most) : TimeSpan.Zero;
        seen = state;
    }
}
