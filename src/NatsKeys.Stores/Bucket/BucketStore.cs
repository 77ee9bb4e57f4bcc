using System.Collections.Concurrent;
using System.Diagnostics;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// A store in a NATS key-value bucket, which many machines may change at once. Entities are the same YAML as in a folder. The bucket never contains
/// keys or credentials: they are in the key root of each machine.
/// </summary>
internal sealed class BucketStore : NatsStore
{
    private const int FirstReadAhead = 8;

    private static readonly TimeSpan MostIdle = TimeSpan.FromMinutes(5);
    private readonly AsyncLocal<BucketTransaction?> current = new();
    private readonly AsyncLocal<BucketGroup?> group = new();
    private readonly FolderKeyStore keys;
    private readonly BucketRecovery recovery;
    private readonly BucketListing listing;

    /// <summary>Creates a store for an existing bucket.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="identity">The identity of the bucket, which differs from that of a deleted bucket of the same name.</param>
    /// <param name="keyRoot">The key root.</param>
    /// <param name="clock">Provides the time.</param>
    /// <param name="size">The number of entries in the bucket.</param>
    public BucketStore(BucketLink link, string identity, string keyRoot, TimeProvider clock, long size)
        : this(link, identity, keyRoot, new FolderKeyStore(keyRoot), clock, size)
    {
    }

    private BucketStore(BucketLink link, string identity, string keyRoot, FolderKeyStore keys, TimeProvider clock, long size)
        : base(keys, clock, new FlushQueue(keyRoot, keyRoot))
    {
        Link = link;
        Reader = new BucketReader(link);
        Writer = new BucketWriter(link);
        Cache = new BucketCache(link, Reader, OwnWrites.To(identity)) { Size = size };
        History = new BucketHistory(this, new BucketFeed(link, Reader));
        listing = new BucketListing(Reader, Cache);
        (Identity, KeyRoot, this.keys) = (identity, keyRoot, keys);
        recovery = new BucketRecovery(this);
        using AsyncFlowControl _ = ExecutionContext.SuppressFlow();
        Task.Run(RestWhenIdleAsync);
    }

    public override string Location => Link.Address.ToString();

    public override string CredentialRoot => KeyRootLayout.CredentialsOf(KeyRoot);

    internal BucketLink Link { get; }

    /// <summary>The identity of the bucket, which differs from that of a deleted bucket of the same name.</summary>
    internal override string Identity { get; }

    /// <summary>The key root of this machine, with its keys and credentials.</summary>
    internal string KeyRoot { get; }

    /// <summary>The copies that were made for a move: for each key, the revisions of the original and the copy.</summary>
    internal ConcurrentDictionary<string, (ulong Source, ulong Copy)> Copies { get; } = new();

    /// <summary>Reads entries by key.</summary>
    internal BucketReader Reader { get; }

    /// <summary>Writes changes.</summary>
    internal BucketWriter Writer { get; }

    /// <summary>The cached content of the bucket.</summary>
    internal BucketCache Cache { get; }

    /// <summary>The history of the bucket.</summary>
    internal BucketHistory History { get; }

    public override IEnumerable<string> Names(EntityPath? parent = null) =>
        group.Value is { } changes ? changes.Names(parent, Listed(parent)) : Listed(parent);

    private IEnumerable<string> Listed(EntityPath? parent)
    {
        // Frequent listings are faster with an index of all names.
        if (Cache.Fresh() is { } live)
        {
            return live.Names(parent);
        }

        // Reading the index of a large bucket takes seconds. Until then, the servers answer.
        return listing.Names(parent, mayBeRecent: current.Value is null);
    }

    internal override ChangeGroup BeginGroup(CancellationToken cancellation) => new BucketGroup(this, cancellation);

    /// <summary>Adds the caller's changes to a group until the result is disposed.</summary>
    internal IDisposable Enter(BucketGroup changes)
    {
        group.Value = changes;
        return new Leaving(this);
    }

    /// <summary>Stores key pairs and flushes them.</summary>
    internal void KeepKeys(IReadOnlyCollection<NatsKeyPair> pairs, CancellationToken cancellation)
    {
        if (pairs.Count > 0)
        {
            keys.Add(pairs, Unflushed, cancellation);
            Unflushed.Flush();
        }
    }

    /// <summary>Finishes interrupted changes of processes on this machine.</summary>
    internal void Recover() => recovery.Run();

    /// <summary>Changes local keys or credentials in a file transaction of their own.</summary>
    internal void ChangeFiles(Action<FileTransaction> change)
    {
        using var files = new FileTransaction(new FileJournal(KeyRoot, KeyRoot, keys.Known), Unflushed);
        change(files);
        files.Commit();
    }

    internal override (EntityPath Path, EntityDocument Document)? Load(EntityPath path) => Read(path) is { } found
        ? (found.Path, Decode(found.Path, found.Body))
        : null;

    internal override (EntityPath Path, byte[] Text)? LoadText(EntityPath path) => Read(path) is { } found ? (found.Path, found.Body) : null;

    internal override byte[] TextAsKept(EntityPath path, byte[] text) => text;

    internal override EntityPath Stored(EntityPath path) => Read(path)?.Path ?? path;

    internal override object? VersionOf(EntityPath path)
    {
        if (Waiting(BucketKey.Of(path)) is { } waiting)
        {
            return waiting.Body;
        }

        if (Cache.Fresh() is not { } live)
        {
            return null;
        }

        if (live.Find(path) is not { IsDeleted: false } found)
        {
            return null;
        }

        current.Value?.Note(BucketKey.Of(path), found.Revision, isThere: true);
        return found.Revision;
    }

    internal override List<RotationRecord> ReadRotations()
    {
        if (Waiting(BucketKey.Rotations) is { } waiting)
        {
            return waiting.Body is null ? [] : RotationFile.Parse(waiting.Body);
        }

        BucketEntry? entry = Wait(Reader.GetAsync(BucketKey.Rotations));
        current.Value?.Note(BucketKey.Rotations, entry?.Revision ?? 0, entry?.Body is not null);
        return entry?.Body is { } body ? RotationFile.Parse(body) : [];
    }

    internal override StoreTransaction BeginChange(CancellationToken cancellation = default)
    {
        HeldStores.RequireOther(this, Location);
        recovery.Run();
        var change = new BucketTransaction(this, Cache.Fresh()?.Applied, group.Value, new Reentry(this, HeldStores.Enter(this)), cancellation);
        current.Value = change;
        return change;
    }

    /// <summary>Decodes the content of an entity.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidYaml"/>.</exception>
    internal EntityDocument Decode(EntityPath path, byte[] body) => FolderStore.Decode($"{Location}: {path}", body, path.Kind, recent: null);

    /// <summary>
    /// Returns the latest entry of a path: with the path as it is stored, or null if the entry does not state it. The revision is set even if the
    /// entity was deleted.
    /// </summary>
    internal (EntityPath? Path, ulong Revision, byte[]? Body) Newest(EntityPath path)
    {
        string key = BucketKey.Of(path);
        if (Cache.Fresh() is { } live)
        {
            if (live.Find(path) is not { } known)
            {
                return (null, 0, null);
            }

            if (known.IsDeleted)
            {
                return (null, known.Revision, null);
            }

            if (Cache.Contents.Find(key, known.Revision) is { } kept)
            {
                return (known.Path, known.Revision, kept);
            }
        }
        else if (current.Value is null && Cache.Recent(key) is { } recent)
        {
            return (recent.IsSpelled ? recent.Path : null, recent.Revision, recent.Body);
        }
        else
        {
            Cache.Count(requests: 1);
        }

        return Fetch(key);
    }

    /// <summary>
    /// Reads the contents of many entities ahead of their use, a few hundred at a time, while the previous ones are used.
    /// </summary>
    internal override IEnumerable<string> Ahead(EntityPath? parent, IEnumerable<string> names)
    {
        // The first names are returned at once. The more is read, the more is read ahead.
        int count = FirstReadAhead;
        using IEnumerator<string> all = names.GetEnumerator();
        List<string> some = Next(all, count);
        Task reading = ReadAheadAsync(parent, some);
        while (some.Count > 0)
        {
            Wait(reading);
            if (count == FirstReadAhead)
            {
                // Listing the following names may take a while.
                foreach (string name in some)
                {
                    yield return name;
                }

                some = [];
            }

            count = Math.Min(count * 4, BucketReader.MaximumRead);
            List<string> next = Next(all, count);
            reading = ReadAheadAsync(parent, next);
            foreach (string name in some)
            {
                yield return name;
            }

            some = next;
        }
    }

    /// <summary>Closes the connection and clears the cache. Both are restored at the next use.</summary>
    internal Task RestAsync()
    {
        Cache.Forget();
        return Link.RestAsync();
    }

    internal static T Wait<T>(Task<T> task) => task.ConfigureAwait(false).GetAwaiter().GetResult();

    internal static void Wait(Task task) => task.ConfigureAwait(false).GetAwaiter().GetResult();

    private (EntityPath Path, byte[] Body)? Read(EntityPath path)
    {
        if (!IsSafe(path))
        {
            return null;
        }

        if (Waiting(BucketKey.Of(path)) is { } waiting)
        {
            return waiting.Body is null ? null : (waiting.Path!, waiting.Body);
        }

        (EntityPath? stored, ulong revision, byte[]? body) = Newest(path);
        current.Value?.Note(BucketKey.Of(path), revision, body is not null);
        if (body is null)
        {
            return null;
        }

        FileKind.Entity.RequireReadable(body.Length);
        return (stored ?? path, body);
    }

    private (EntityPath? Path, ulong Revision, byte[]? Body) Fetch(string key)
    {
        long time = Stopwatch.GetTimestamp();
        if (Wait(Reader.GetAsync(key)) is not { } entry)
        {
            return (null, 0, null);
        }

        if (entry.Body is not null)
        {
            Cache.Contents.Keep(entry, time);
        }

        return (entry.IsSpelled ? entry.Path : null, entry.Revision, entry.Body);
    }

    private static List<string> Next(IEnumerator<string> all, int count)
    {
        var some = new List<string>(count);
        while (some.Count < count && all.MoveNext())
        {
            some.Add(all.Current);
        }

        return some;
    }

    private async Task ReadAheadAsync(EntityPath? parent, List<string> names)
    {
        if (Cache.Known is not { } live)
        {
            return;
        }

        Dictionary<string, ulong> missing = [];
        foreach (string name in names)
        {
            EntityPath path = parent?.Child(name) ?? new EntityPath(name);
            string key = BucketKey.Of(path);
            if (live.Find(path) is { IsDeleted: false } known && Cache.Contents.Find(key, known.Revision) is null)
            {
                missing[key] = known.Revision;
            }
        }

        // A single missing entity is read when it is needed.
        if (missing.Count > 1 && await Reader.GetManyAsync(missing.Keys).ConfigureAwait(false) is { } page)
        {
            foreach (BucketEntry entry in page.Entries)
            {
                if (entry.Body is not null && missing.TryGetValue(entry.Key, out ulong revision) && revision == entry.Revision)
                {
                    Cache.Contents.Keep(entry, time: 0);
                }
            }
        }
    }

    /// <summary>Closes an idle connection, because a process may live long after its last use of the store.</summary>
    private async Task RestWhenIdleAsync()
    {
        while (true)
        {
            await Task.Delay(MostIdle / 5).ConfigureAwait(false);
            if (Link.Idle > MostIdle)
            {
                await RestAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Returns the pending write to a key in the caller's group; null if there is none.</summary>
    private (EntityPath? Path, byte[]? Body)? Waiting(string key) => group.Value is { } changes && changes.TryFind(key, out var found) ? found : null;

    private static bool IsSafe(EntityPath path) => BucketKey.Parts(path).All(EntityName.IsValid);

    /// <summary>Ends a change. Reads outside a change must not be recorded in it.</summary>
    private sealed class Reentry(BucketStore store, HeldStores held) : IDisposable
    {
        public void Dispose()
        {
            store.current.Value = null;
            held.Dispose();
        }
    }

    /// <summary>Ends what <see cref="Enter"/> started.</summary>
    private sealed class Leaving(BucketStore store) : IDisposable
    {
        public void Dispose() => store.group.Value = null;
    }
}
