using System.Collections.Concurrent;
using NatsKeys.Core.Tests.Store;

namespace NatsKeys.Core.Tests.Server;

/// <summary>A clock that stands still, and by which a wait is over when a test says so.</summary>
internal sealed class WaitingClock : TimeProvider
{
    private readonly ConcurrentBag<Wait> waits = [];

    public override DateTimeOffset GetUtcNow() => MovingClock.Start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var wait = new Wait(callback, state);
        waits.Add(wait);
        return wait;
    }

    /// <summary>Ends all waits, until what waits is done.</summary>
    public async Task EndAllAsync(Task waiting)
    {
        // What it waits for besides comes in a moment.
        await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromSeconds(2)));
        while (!waiting.IsCompleted)
        {
            foreach (Wait wait in waits)
            {
                wait.End();
            }

            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(10)));
        }
    }

    private sealed class Wait(TimerCallback callback, object? state) : ITimer
    {
        private int ended;

        public void End()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => ended = 1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
