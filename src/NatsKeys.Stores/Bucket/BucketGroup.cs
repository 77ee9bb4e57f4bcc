using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>Several changes that are written as one batch.</summary>
/// <param name="store">The store.</param>
/// <param name="cancellation">Ends the waiting for servers.</param>
internal sealed class BucketGroup(BucketStore store, CancellationToken cancellation) : ChangeGroup
{
    // Servers take 1,000 messages, and whatever else is asked of them waits meanwhile.
    private const int MostWritten = 300;
    private const int MostBytes = 4 * 1024 * 1024;
    private BucketDraft draft = new();
    private long bytes;

    /// <inheritdoc/>
    public override bool IsFull => draft.Written.Count >= MostWritten || bytes >= MostBytes || draft.Seen.Count >= BucketCommit.MostGuards;

    /// <inheritdoc/>
    public override IDisposable Enter() => store.Enter(this);

    /// <inheritdoc/>
    public override void Commit()
    {
        using BucketDraft written = draft;
        (draft, bytes) = (new BucketDraft(), 0);
        if (!written.IsEmpty)
        {
            new BucketCommit(store, written, cancellation).Run();
        }
    }

    public override void Dispose() => draft.Dispose();

    /// <summary>Takes up a change.</summary>
    public void Add(BucketDraft change)
    {
        draft.Begin ??= change.Begin;
        draft.Add(change);
        bytes += change.Written.Values.Sum(one => one.Body?.Length ?? 0);
    }

    /// <summary>What waits to be written under a key: nothing, a content, or that it is deleted.</summary>
    public bool TryFind(string key, out (EntityPath? Path, byte[]? Body) found) => draft.Written.TryGetValue(key, out found);

    /// <summary>The names below a place, with what waits.</summary>
    /// <param name="parent">The place; null for the top.</param>
    /// <param name="names">The names as they are in the bucket, sorted.</param>
    public IEnumerable<string> Names(EntityPath? parent, IEnumerable<string> names)
    {
        (EntityPath Path, bool IsDeleted)[] own = [.. draft.Written.Values.Where(one => one.Path is not null && one.Path.Parent == parent)
            .Select(one => (one.Path!, one.Body is null))];
        if (own.Length == 0)
        {
            return names;
        }

        var known = own.ToDictionary(one => one.Path.Name, one => one.IsDeleted, StringComparer.OrdinalIgnoreCase);
        return names.Where(name => !known.ContainsKey(name)).Concat(own.Where(one => !one.IsDeleted).Select(one => one.Path.Name))
            .Order(StringComparer.OrdinalIgnoreCase);
    }
}
