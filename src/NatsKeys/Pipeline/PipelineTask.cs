using System.Management.Automation;

namespace NatsKeys.Pipeline;

/// <summary>Work that a cmdlet waits for.</summary>
internal static class PipelineTask
{
    /// <summary>Waits for something that Ctrl+C ends.</summary>
    /// <param name="cmdlet">The cmdlet that waits.</param>
    /// <param name="start">Starts it.</param>
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
