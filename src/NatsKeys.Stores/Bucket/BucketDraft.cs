using System.Collections.Concurrent;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>What a change was made from, and what it writes.</summary>
internal sealed class BucketDraft : IDisposable
{
    /// <summary>
    /// The revisions that were read, by their keys, and whether anything was there then. The first look counts, from whatever thread.
    /// </summary>
    public ConcurrentDictionary<string, (ulong Revision, bool IsThere)> Seen { get; } = new();

    /// <summary>What is written, by its key: an entity with its place, or a file of the store; without content it is deleted.</summary>
    public Dictionary<string, (EntityPath? Path, byte[]? Body)> Written { get; } = [];

    /// <summary>Owners that are new: nothing may be below them that somebody else left there.</summary>
    public HashSet<EntityPath> Created { get; } = [];

    /// <summary>Owners that go, and below which nothing may stay.</summary>
    public List<EntityPath> Emptied { get; } = [];

    /// <summary>Owners of so many entities that these are brought to their new places before.</summary>
    public List<(EntityPath From, EntityPath To)> Moved { get; } = [];

    /// <summary>Owners whose names are spelled in another way, and so below them.</summary>
    public List<EntityPath> Respelled { get; } = [];

    /// <summary>The key pairs that are kept on this machine.</summary>
    public StagedKeys Keys { get; } = new();

    /// <summary>What follows in the key root of this machine.</summary>
    public List<LocalStep> Local { get; } = [];

    /// <summary>The newest revision of all entities before the first look; null where that is not known.</summary>
    public ulong? Begin { get; set; }

    /// <summary>Whether nothing happens.</summary>
    public bool IsEmpty => Written.Count == 0 && Keys.All.Count == 0 && Local.Count == 0;

    /// <summary>Takes up another change, which was made after this one.</summary>
    public void Add(BucketDraft later)
    {
        foreach ((string key, (ulong Revision, bool IsThere) seen) in later.Seen)
        {
            Seen.TryAdd(key, seen);
        }

        foreach ((string key, (EntityPath? Path, byte[]? Body) value) in later.Written)
        {
            Written[key] = value;
        }

        Created.UnionWith(later.Created);
        Emptied.AddRange(later.Emptied);
        Moved.AddRange(later.Moved);
        Respelled.AddRange(later.Respelled);
        Keys.Take(later.Keys);
        Local.AddRange(later.Local);
        later.Local.Clear();
    }

    public void Dispose()
    {
        Keys.Dispose();
        Local.ForEach(step => step.Dispose());
    }
}
