using System.Diagnostics;
using System.Management.Automation;

namespace NatsKeys.Commands;

/// <summary>Shows how far a pipeline is, once it takes long enough for somebody to wonder. How much is still to come nobody knows.</summary>
internal sealed class PipelineProgress(Cmdlet cmdlet, string activity)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly long start = Stopwatch.GetTimestamp();
    private long shown;
    private int count;

    /// <summary>Counts an item that is about to be processed.</summary>
    public void Next(object? item)
    {
        count++;
        if (Stopwatch.GetElapsedTime(start) < Patience || (shown != 0 && Stopwatch.GetElapsedTime(shown) < Interval))
        {
            return;
        }

        shown = Stopwatch.GetTimestamp();
        cmdlet.WriteProgress(new ProgressRecord(0, activity, $"{count}: {item}"));
    }

    /// <summary>Takes the display away, where there is one.</summary>
    public void End()
    {
        if (shown != 0)
        {
            cmdlet.WriteProgress(new ProgressRecord(0, activity, $"{count}") { RecordType = ProgressRecordType.Completed });
        }
    }
}
