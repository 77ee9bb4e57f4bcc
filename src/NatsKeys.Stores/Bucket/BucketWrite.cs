using NATS.Client.Core;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>One message of a change.</summary>
/// <param name="Key">The key to write.</param>
/// <param name="Body">The content.</param>
/// <param name="Headers">The headers.</param>
internal sealed record BucketWrite(string Key, byte[] Body, NatsHeaders Headers)
{
    /// <summary>The path of the entity; null if it is not an entity.</summary>
    public EntityPath? Path { get; init; }

    /// <summary>Whether the key is deleted.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>The required latest revision; 0 for none.</summary>
    public ulong Expected { get; init; }

    /// <summary>The key or filter to which <see cref="Expected"/> applies; null for the key that is written.</summary>
    public string? Guarded { get; init; }

    /// <summary>Whether it only describes the change, and may expire later.</summary>
    public bool IsRecord { get; init; }
}
