using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>An entity that the old key signed and that is not signed again yet.</summary>
/// <param name="Path">The entity.</param>
/// <param name="Reason">The reason, and what to do about it.</param>
public sealed record PendingSignature(EntityPath Path, string Reason)
{
    /// <summary>What a person can do about it; null if the reason says it.</summary>
    internal Remedy? Remedy { get; init; }

    /// <summary>The place and the reason.</summary>
    public override string ToString() => $"{Path}: {Reason}";
}
