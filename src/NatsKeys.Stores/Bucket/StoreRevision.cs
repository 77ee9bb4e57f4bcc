using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>A change of one entity of a store in a bucket: what was changed, when and by whom.</summary>
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

    /// <summary>The revision, which is greater than that of every earlier change.</summary>
    public long Revision => (long)entry.Revision;

    /// <summary>When it was made, by the server's clock.</summary>
    public DateTimeOffset Time => entry.Time;

    /// <summary>The action: <c>Created</c>, <c>Changed</c> or <c>Removed</c>.</summary>
    public string Action { get; }

    /// <summary>The kind of the entity.</summary>
    public string Kind => path.Kind.ToString();

    /// <summary>The name of the entity.</summary>
    public string Name => path.Name;

    /// <summary>The name of its account; null for an operator.</summary>
    public string? Account => path.Account;

    /// <summary>The name of its operator.</summary>
    public string Operator => path.Operator;

    /// <summary>The author as stated by the client: the user of the connection and the machine. Null if another tool wrote it.</summary>
    public string? By => entry.By;

    /// <summary>The identifier of the change. Entities that were changed together share it.</summary>
    public string? Change => entry.Change;

    /// <summary>The differences from the previous revision; empty if that is unknown.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>Returns the entity as it was at this revision, for reading; null if it was removed.</summary>
    /// <exception cref="NatsKeysException">Its content cannot be read.</exception>
    public NatsEntity? GetEntity() => Document(entry) is { } document ? store.Make(path, document, parent: null) : null;

    /// <summary>Returns the store.</summary>
    public NatsStore GetStore() => store;

    /// <summary>Returns the path of the entity.</summary>
    public override string ToString() => path.ToString();

    internal EntityPath Path => path;

    internal NatsStore Store => store;

    private IEnumerable<string> Between(BucketEntry? before)
    {
        try
        {
            return before is not null && Document(before) is { } old && Document(entry) is { } now
                ? [.. ClaimDifference.Between(now.Wanted, old.Wanted).Select(difference => KnownNames.In(
                    difference.ToString(), store.Make(path, now, parent: null)))]
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
