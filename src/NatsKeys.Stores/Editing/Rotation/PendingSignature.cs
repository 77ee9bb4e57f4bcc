using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Represents an entity that the old key signed and that is not signed again yet.</summary>
public sealed record PendingSignature
{
    internal PendingSignature(EntityPath place, string reason)
    {
        Place = place;
        Reason = reason;
    }

    /// <summary>The entity, as readable text.</summary>
    public string Path => Place.ToString();

    /// <summary>Gets the place of the entity.</summary>
    public EntityPath GetPlace() => Place;

    internal EntityPath Place { get; }

    /// <summary>Why it is not signed again yet, and what to do about it.</summary>
    public string Reason { get; }

    /// <summary>What the user can do about it; null if the reason says it.</summary>
    internal Remedy? Remedy { get; init; }

    /// <summary>Returns the place and the reason.</summary>
    public override string ToString() => $"{Path}: {Reason}";
}
