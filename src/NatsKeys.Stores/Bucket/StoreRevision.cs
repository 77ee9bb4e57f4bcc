using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>One change of one entity of a store in a bucket: what was done, when and by whom.</summary>
public sealed class StoreRevision
{
    private readonly BucketStore store;
    private readonly BucketEntry entry;
    private readonly EntityPath path;

    internal StoreRevision(BucketStore store, BucketEntry entry, EntityPath path, BucketEntry? before)
    {
        (this.store, this.entry, this.path) = (store, entry, path);
        Action = entry.IsDeleted ? "Removed" : before is null or { IsDeleted: true } ? "Created" : "Changed";
        Differences = new PrintableList<string>(Between(before));
    }

    /// <summary>The number of the change: each is greater than those before it.</summary>
    public long Revision => (long)entry.Revision;

    /// <summary>When it was made, by the clock of the server.</summary>
    public DateTimeOffset Time => entry.Time;

    /// <summary>What was done: <c>Created</c>, <c>Changed</c> or <c>Removed</c>.</summary>
    public string Action { get; }

    /// <summary>The kind of the entity.</summary>
    public string Kind => path.Kind.ToString();

    /// <summary>The name of the entity.</summary>
    public string Name => path.Name;

    /// <summary>The name of its account; null for an operator.</summary>
    public string? Account => path.Account;

    /// <summary>The name of its operator.</summary>
    public string Operator => path.Operator;

    /// <summary>Who made it: the user of the connection and the machine, as they said. Null where another tool wrote it.</summary>
    public string? By => entry.By;

    /// <summary>What else was changed together with it has the same text.</summary>
    public string? Change => entry.Change;

    /// <summary>What is different from the revision before; nothing where that is not known.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>The entity as it was at this revision, to look at; null where it was removed.</summary>
    /// <exception cref="NatsKeysException">Its content cannot be read.</exception>
    public NatsEntity? GetEntity() => Document(entry) is { } document ? store.Make(path, document, parent: null) : null;

    /// <summary>The store.</summary>
    public NatsStore GetStore() => store;

    /// <summary>The place of the entity.</summary>
    public override string ToString() => path.ToString();

    internal EntityPath Path => path;

    internal NatsStore Store => store;

    private IEnumerable<string> Between(BucketEntry? before)
    {
        try
        {
            return before is not null && Document(before) is { } old && Document(entry) is { } now
                ? [.. ClaimDifference.Between(now.Wanted, old.Wanted).Select(difference => difference.ToString())]
                : [];
        }
        catch (NatsKeysException)
        {
            return [];
        }
    }

    private EntityDocument? Document(BucketEntry one) =>
        one.Body is { } body ? store.Decode(path, body) : null;
}
