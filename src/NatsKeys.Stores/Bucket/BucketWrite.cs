using NATS.Client.Core;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>One message of a change.</summary>
/// <param name="Key">The key that is written.</param>
/// <param name="Body">Its content.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record BucketWrite(string Key, byte[] Body, NatsHeaders Headers)
{
    /// <summary>The place of the entity that is written; null where it is none.</summary>
    public EntityPath? Path { get; init; }

    /// <summary>Whether the key is deleted.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>The revision that must be the newest one; 0 for none.</summary>
    public ulong Expected { get; init; }

    /// <summary>The key, or filter, whose newest revision is meant; null for the key that is written.</summary>
    public string? Guarded { get; init; }

    /// <summary>Whether it says something of the change, and is of no use once that is long over.</summary>
    public bool IsRecord { get; init; }
}
