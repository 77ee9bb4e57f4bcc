using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Something that the old key signed and that could not be signed again yet.</summary>
/// <param name="Path">The entity.</param>
/// <param name="Reason">Why not, and what to do about it.</param>
public sealed record PendingSignature(EntityPath Path, string Reason)
{
    /// <summary>What a person can do about it, of which the reason says nothing; null where the reason says it all.</summary>
    internal Remedy? Remedy { get; init; }

    /// <summary>The place and the reason.</summary>
    public override string ToString() => $"{Path}: {Reason}";
}
