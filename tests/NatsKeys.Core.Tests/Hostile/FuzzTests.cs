using NatsKeys.Fuzz;

namespace NatsKeys.Core.Tests.Hostile;

/// <summary>A short part of what <c>dotnet run --project tests/NatsKeys.Fuzz</c> does a million times.</summary>
public class FuzzTests
{
    [Theory]
    [InlineData(1)]
    public void Every_damaged_input_ends_in_a_value_or_a_defined_error(int seed)
    {
        // Only an input that never ends takes so long, however busy the machine is.
        FuzzSummary summary = new FuzzRun(seed) { MaximumTime = TimeSpan.FromMinutes(1) }.Run(20_000);
        Assert.True(summary.Findings.Count == 0, string.Join("\n\n", summary.Findings.Select(finding => $"{finding.Cause}\n{finding.Detail}")));
        Assert.True(summary.Accepted > summary.Inputs / 20, $"Hardly anything gets through, so little is tested: {summary}");
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        FuzzSummary first = new FuzzRun(7).Run(2_000);
        FuzzSummary second = new FuzzRun(7).Run(2_000);
        Assert.Equal((first.Accepted, first.Refused), (second.Accepted, second.Refused));
    }
}
