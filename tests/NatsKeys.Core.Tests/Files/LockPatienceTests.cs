using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>How long a waiter waits: only time counts in which nothing moved and this process ran.</summary>
public class LockPatienceTests
{
    private static readonly LockRecord Holder = LockRecord.Mine(DateTimeOffset.UnixEpoch, journal: null);
    private readonly Stopped clock = new();
    private readonly LockPatience patience;

    public LockPatienceTests()
    {
        patience = new LockPatience(clock);
        patience.Observe(2, Holder);
    }

    [Fact]
    public void After_a_second_without_progress_something_may_be_wrong_and_after_thirty_the_wait_is_over()
    {
        Wait(TimeSpan.FromMilliseconds(999), 2, Holder);
        Assert.Equal((false, false), (patience.IsStalled, patience.IsOver));
        Wait(TimeSpan.FromMilliseconds(1), 2, Holder);
        Assert.Equal((true, false), (patience.IsStalled, patience.IsOver));
        for (int second = 2; second <= 29; second++)
        {
            Wait(TimeSpan.FromSeconds(1), 2, Holder);
        }

        Assert.False(patience.IsOver);
        Wait(TimeSpan.FromSeconds(1), 2, Holder);
        Assert.Equal((true, true), (patience.IsStalled, patience.IsOver));
    }

    [Fact]
    public void The_first_look_is_no_wait()
    {
        var fresh = new LockPatience(clock);
        clock.Pass(TimeSpan.FromSeconds(1));
        fresh.Observe(-1, holder: null);
        fresh.Observe(1, holder: null);
        Assert.False(fresh.IsStalled);
    }

    [Fact]
    public void A_queue_that_advances_a_new_holder_and_progress_of_the_holder_are_progress()
    {
        (int Before, LockRecord? Holder)[] states =
            [(1, Holder), (2, Holder with { Holding = "another" }), (2, Holder with { Progress = Holder.Progress + 1 }), (2, null)];
        Assert.All(states, next =>
        {
            Wait(TimeSpan.FromSeconds(1), 2, Holder);
            Wait(TimeSpan.FromSeconds(1), 2, Holder);
            Assert.True(patience.IsStalled);
            Wait(TimeSpan.FromSeconds(1), next.Before, next.Holder);
            Assert.False(patience.IsStalled);
        });
    }

    [Fact]
    public void Long_sleep_counts_as_one_second()
    {
        Wait(TimeSpan.FromHours(1), 2, Holder);
        Assert.Equal((true, false), (patience.IsStalled, patience.IsOver));
    }

    private void Wait(TimeSpan time, int before, LockRecord? holder)
    {
        clock.Pass(time);
        patience.Observe(before, holder);
    }

    private sealed class Stopped : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Pass(TimeSpan time) => ticks += time.Ticks;
    }
}
