using System.Collections.Concurrent;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>The reads on which a change is based, and its writes.</summary>
internal sealed class BucketDraft : IDisposable
{
    /// <summary>
    /// The revision of each key that was read, and whether it existed. The first read counts, on any thread.
    /// </summary>
    public ConcurrentDictionary<string, (ulong Revision, bool IsThere)> Seen { get; } = new();

    /// <summary>The writes by key: an entity with its path, or a file of the store. A null body deletes the key.</summary>
    public Dictionary<string, (EntityPath? Path, byte[]? Body)> Written { get; } = [];

    /// <summary>New owners. No entities that others left may remain below them.</summary>
    public HashSet<EntityPath> Created { get; } = [];

    /// <summary>Owners that are removed or moved. No entities may remain below them.</summary>
    public List<EntityPath> Emptied { get; } = [];

    /// <summary>Large owners. The entities below them are copied to their new paths first.</summary>
    public List<(EntityPath From, EntityPath To)> Moved { get; } = [];

    /// <summary>Owners whose spelling changes, which also applies to the paths below them.</summary>
    public List<EntityPath> Respelled { get; } = [];

    /// <summary>The key pairs that are stored on this machine.</summary>
    public StagedKeys Keys { get; } = new();

    /// <summary>The steps that follow in the key root of this machine.</summary>
    public List<LocalStep> Local { get; } = [];

    /// <summary>The latest revision of all entities before the first read; null if unknown.</summary>
    public ulong? Begin { get; set; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Written.Count == 0 && Keys.All.Count == 0 && Local.Count == 0;

    /// <summary>Adds a later change.</summary>
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
