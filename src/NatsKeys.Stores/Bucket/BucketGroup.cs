using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>Several changes that are written as one batch.</summary>
/// <param name="store">The store.</param>
/// <param name="cancellation">Cancels the wait for servers.</param>
internal sealed class BucketGroup(BucketStore store, CancellationToken cancellation) : ChangeGroup
{
    // Servers accept 1,000 messages, but a large batch delays other requests.
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

    /// <summary>Adds a change.</summary>
    public void Add(BucketDraft change)
    {
        draft.Begin ??= change.Begin;
        draft.Add(change);
        bytes += change.Written.Values.Sum(one => one.Body?.Length ?? 0);
    }

    /// <summary>Finds the pending write to a key, which may be a deletion.</summary>
    public bool TryFind(string key, out (EntityPath? Path, byte[]? Body) found) => draft.Written.TryGetValue(key, out found);

    /// <summary>Returns the names below a path, including pending changes.</summary>
    /// <param name="parent">The path; null for operators.</param>
    /// <param name="names">The names in the bucket, sorted.</param>
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
