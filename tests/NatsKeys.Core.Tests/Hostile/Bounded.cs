using System.Diagnostics;

namespace NatsKeys.Core.Tests.Hostile;

/// <summary>Says what an input of about 1 MiB may cost at most.</summary>
internal static class Bounded
{
    private const long MaximumAllocation = 200L * 1024 * 1024;

    // Generous: the machine that runs the tests may be busy. What is quadratic takes far longer.
    private static readonly TimeSpan MaximumTime = TimeSpan.FromSeconds(30);

    public static void Run(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        action();
        TimeSpan time = Stopwatch.GetElapsedTime(started);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(time < MaximumTime && bytes < MaximumAllocation, $"{time.TotalSeconds:F1} s, {bytes / 1048576} MiB allocated");
    }
}
