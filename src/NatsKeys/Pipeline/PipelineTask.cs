using System.Management.Automation;

namespace NatsKeys.Pipeline;

/// <summary>Waits for asynchronous work.</summary>
internal static class PipelineTask
{
    /// <summary>Waits for a task, which Ctrl+C cancels.</summary>
    /// <param name="cmdlet">The waiting cmdlet.</param>
    /// <param name="start">Starts the task.</param>
    public static T Wait<T>(Cmdlet cmdlet, Func<Task<T>> start)
    {
        try
        {
            return start().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cmdlet.Stopping)
        {
            throw new PipelineStoppedException();
        }
    }
}
