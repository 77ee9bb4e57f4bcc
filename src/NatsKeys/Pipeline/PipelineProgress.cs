using System.Diagnostics;
using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>Shows the progress of a pipeline that takes a while. The total number of items is unknown.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class PipelineProgress(PSCmdlet cmdlet) : IProgress<EntityPath>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private long start;
    private long shown;
    private int count;

    private string Activity => cmdlet.MyInvocation.MyCommand.Name;

    /// <summary>Counts an item that is about to be processed.</summary>
    public void Next(object? item)
    {
        count++;
        start = start == 0 ? Stopwatch.GetTimestamp() : start;
        if (Stopwatch.GetElapsedTime(start) < Patience || (shown != 0 && Stopwatch.GetElapsedTime(shown) < Interval))
        {
            return;
        }

        shown = Stopwatch.GetTimestamp();
        cmdlet.WriteProgress(new ProgressRecord(0, Activity, $"{count}: {MaskedItem.Of(item)}"));
    }

    /// <summary>Counts a signed entity. A rotation reports it at once, on the thread of the pipeline.</summary>
    public void Report(EntityPath value) => Next(value);

    /// <summary>Ends the display.</summary>
    public void End()
    {
        if (shown != 0)
        {
            cmdlet.WriteProgress(new ProgressRecord(0, Activity, $"{count}") { RecordType = ProgressRecordType.Completed });
        }
    }
}
