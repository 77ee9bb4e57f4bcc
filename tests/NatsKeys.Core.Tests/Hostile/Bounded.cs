namespace NatsKeys.Core.Tests.Hostile;

/// <summary>Says what an input of about 1 MiB may cost at most.</summary>
internal static class Bounded
{
    private const long MaximumAllocation = 200L * 1024 * 1024;

    // Of this process alone, with the tests beside: however busy the machine is, it does not grow. What is quadratic takes far longer.
    private static readonly TimeSpan MaximumTime = TimeSpan.FromMinutes(2);

    public static void Run(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan started = Environment.CpuUsage.TotalTime;
        action();
        TimeSpan time = Environment.CpuUsage.TotalTime - started;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(time < MaximumTime && bytes < MaximumAllocation, $"{time.TotalSeconds:F1} s of the processor, {bytes / 1048576} MiB allocated");
    }
}
