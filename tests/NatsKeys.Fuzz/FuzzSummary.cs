using System.Globalization;

namespace NatsKeys.Fuzz;

/// <summary>What a run did.</summary>
internal sealed record FuzzSummary
{
    public required int Seed { get; init; }

    public required long Inputs { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required long Accepted { get; init; }

    public required long Refused { get; init; }

    /// <summary>How many inputs were findings; of those of one cause only the first is kept.</summary>
    public required long Faulty { get; init; }

    public required IReadOnlyList<FuzzFinding> Findings { get; init; }

    public required TimeSpan Slowest { get; init; }

    public required string SlowestInput { get; init; }

    public required long MostAllocated { get; init; }

    public required string MostAllocatedInput { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {Inputs} inputs in {Elapsed.TotalSeconds:F1} s, {Accepted} accepted, {Refused} refused, {Faulty} faulty of "
            + $"{Findings.Count} causes, slowest {Slowest.TotalMilliseconds:F0} ms ({SlowestInput}), most allocated "
                + $"{MostAllocated / 1048576.0:F1} MiB ({MostAllocatedInput})");
}
