using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Passes on what was signed, at once and on the thread that signs, which is the pipeline's own.</summary>
internal sealed class RotationProgress(Action<EntityPath> show) : IProgress<EntityPath>
{
    public void Report(EntityPath value) => show(value);
}
