namespace NatsKeys.Files;

/// <summary>
/// How long one waits for a lock. The time counts while nothing moves: it begins anew whenever somebody else gets the lock, its holder gets
/// on, or the queue does.
/// </summary>
/// <param name="clock">Tells how much time went by.</param>
internal sealed class LockPatience(TimeProvider clock)
{
    /// <summary>After this time without any movement there is no lock to be had.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // Where nothing moves for this time, whoever is before us may be stopped, and the lock free.
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(1);

    // The time that a process did not run, because others did or the machine slept, is no time in which it saw that nothing moved.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);
    private (int Before, string? Holding, long Progress) seen = (-1, null, 0);
    private TimeSpan waited;
    private long last = clock.GetTimestamp();

    /// <summary>Whether nothing moved for a while.</summary>
    public bool IsStalled => waited >= Stalled;

    /// <summary>Whether nothing moved for too long.</summary>
    public bool IsOver => waited >= Limit;

    /// <summary>Records the current state.</summary>
    /// <param name="before">How many others wait before.</param>
    /// <param name="holder">Who holds the lock.</param>
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
