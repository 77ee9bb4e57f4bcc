using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Represents an entity that the old key signed and that is not signed again yet.</summary>
/// <param name="Path">The entity.</param>
/// <param name="Reason">Why it is not signed again yet, and what to do about it.</param>
public sealed record PendingSignature(EntityPath Path, string Reason)
{
    /// <summary>What the user can do about it; null if the reason says it.</summary>
    internal Remedy? Remedy { get; init; }

    /// <summary>Returns the place and the reason.</summary>
    public override string ToString() => $"{Path}: {Reason}";
}
