using System.Collections.Concurrent;
using System.Diagnostics;

namespace NatsKeys.Fuzz;

/// <summary>
/// Gives many inputs to the targets, on all cores. Every input has a random source of its own, so a run with the same seed has the same inputs.
/// </summary>
internal sealed class FuzzRun(int seed)
{
    private const long MaximumAllocation = 200L * 1024 * 1024;

    private readonly Lock sync = new();
    private readonly ConcurrentDictionary<string, FuzzFinding> findings = new(StringComparer.Ordinal);
    private long accepted;
    private long refused;
    private long faulty;
    private (TimeSpan Time, string Input) slowest = (TimeSpan.Zero, "");
    private (long Bytes, string Input) largest = (0, "");

    /// <summary>Which targets there are, and how often each is taken in a hundred.</summary>
    public static IReadOnlyList<(int Share, IFuzzTarget Target)> Targets(Corpus corpus) =>
    [
        (20, new Targets.KeyTarget(corpus)),
        (10, new Targets.TokenTarget(corpus)),
        (29, new Targets.PayloadTarget(corpus)),
        (8, new Targets.CredentialTarget(corpus)),
        (18, new Targets.EntityTarget(corpus)),
        (3, new Targets.RequestTarget(corpus)),
        (5, new Targets.TrustTarget(corpus)),
        (7, new Targets.TextTarget(corpus)),
    ];

    /// <summary>The time after which an input is a finding. On a busy machine it must be long.</summary>
    public TimeSpan MaximumTime { get; init; } = TimeSpan.FromSeconds(2);

    public FuzzSummary Run(long count)
    {
        var corpus = new Corpus(Path.Combine(AppContext.BaseDirectory, "vectors"));
        IFuzzTarget[] hundred = [.. Targets(corpus).SelectMany(entry => Enumerable.Repeat(entry.Target, entry.Share))];
        long started = Stopwatch.GetTimestamp();
        Parallel.For(0, count, index => RunOne(hundred[(int)(index % hundred.Length)], index));
        return new FuzzSummary
        {
            Seed = seed,
            Inputs = count,
            Elapsed = Stopwatch.GetElapsedTime(started),
            Accepted = accepted,
            Refused = refused,
            Faulty = faulty,
            Findings = [.. findings.Values.OrderBy(finding => finding.Index)],
            Slowest = slowest.Time,
            SlowestInput = slowest.Input,
            MostAllocated = largest.Bytes,
            MostAllocatedInput = largest.Input,
        };
    }

    /// <summary>
    /// The place at which it happened: an exception's message often repeats the input, which would make every finding a cause of its own.
    /// </summary>
    private static string CauseOf(Exception error)
    {
        if (error is BrokenPropertyException)
        {
            return error.Message.Split('\n')[0];
        }

        string? place = error.StackTrace?.Split('\n')
            .FirstOrDefault(line =>
                line.Contains("NatsKeys.", StringComparison.Ordinal) && !line.Contains("NatsKeys.Fuzz", StringComparison.Ordinal));
        return $"{error.GetType().Name} {place?.Trim()}";
    }

    private void RunOne(IFuzzTarget target, long index)
    {
        byte[] input = target.Make(new Random(HashCode.Of(seed, index)));
        string name = $"{target.Name} {index}, {input.Length} bytes";
        (TimeSpan time, long bytes) = Measure(target, input, index, counts: true);
        for (int again = 0; time > MaximumTime && again < 5; again++)
        {
            // Another process may have had the core: what is slow is slow every time.
            (TimeSpan now, _) = Measure(target, input, index, counts: false);
            time = now < time ? now : time;
        }

        if (time > MaximumTime || bytes > MaximumAllocation)
        {
            Add(new FuzzFinding(
                target.Name, index, $"{target.Name}: beyond its bounds", $"{time.TotalSeconds:F1} s, {bytes} bytes allocated", input));
        }

        lock (sync)
        {
            slowest = time > slowest.Time ? (time, name) : slowest;
            largest = bytes > largest.Bytes ? (bytes, name) : largest;
        }
    }

    private (TimeSpan Time, long Bytes) Measure(IFuzzTarget target, byte[] input, long index, bool counts)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        FuzzFinding? finding = null;
        bool taken = false;
        try
        {
            taken = target.Run(input);
        }
        catch (Exception error)
        {
            finding = new FuzzFinding(target.Name, index, $"{target.Name}: {CauseOf(error)}", error.ToString(), input);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(started);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        if (counts)
        {
            if (finding is not null)
            {
                Add(finding);
            }
            else
            {
                Interlocked.Increment(ref taken ? ref accepted : ref refused);
            }
        }

        return (time, bytes);
    }

    private void Add(FuzzFinding finding)
    {
        Interlocked.Increment(ref faulty);
        findings.AddOrUpdate(finding.Cause, finding, (_, earlier) => earlier.Input.Length <= finding.Input.Length ? earlier : finding);
    }

    /// <summary>A hash that is the same in every process, unlike .NET's.</summary>
    private static class HashCode
    {
        public static int Of(int seed, long index)
        {
            ulong mixed = ((ulong)(uint)seed << 32 ^ (ulong)index) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
            return (int)(mixed >> 32);
        }
    }
}
