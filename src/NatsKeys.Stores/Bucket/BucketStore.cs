using System.Collections.Concurrent;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// A store in a key-value bucket of NATS, which many machines change at once. Entities are the same YAML as in a folder. Keys and credentials are
/// never in it: they stay in the key root of each machine.
/// </summary>
internal sealed class BucketStore : NatsStore
{
    // Contents are kept by their revision, which never changes. More than this is not kept.
    private const int MostContents = 2048;

    // After this many single reads it is cheaper to know all revisions.
    private const int ReadsBeforeIndex = 8;
    private readonly ConcurrentDictionary<string, (ulong Revision, byte[] Body)> contents = new();
    private readonly AsyncLocal<BucketTransaction?> current = new();
    private readonly string keyRoot;
    private readonly Lock starting = new();
    private BucketIndex? index;
    private int reads;

    public BucketStore(BucketLink link, string keyRoot, TimeProvider clock)
        : base(new FolderKeyStore(keyRoot), clock, new FlushQueue(keyRoot, keyRoot))
    {
        Link = link;
        this.keyRoot = keyRoot;
    }

    public override string Location => Link.Address.ToString();

    public override string CredentialRoot => KeyRootLayout.CredentialsOf(keyRoot);

    internal BucketLink Link { get; }

    public override IEnumerable<string> Names(EntityPath? parent = null) => Indexed().Names(parent);

    /// <summary>A local change of keys or credentials. Each step is one of its own.</summary>
    internal void ChangeFiles(Action<FileTransaction> change)
    {
        using var files = new FileTransaction(new FileJournal(keyRoot, keyRoot), Unflushed);
        change(files);
        files.Commit();
    }

    internal override (EntityPath Path, EntityDocument Document)? Load(EntityPath path) => Read(path) is { } found
        ? (found.Path, FolderStore.Decode($"{Location}: {found.Path}", found.Body, path.Kind, recent: null))
        : null;

    internal override (EntityPath Path, byte[] Text)? LoadText(EntityPath path) => Read(path) is { } found ? (found.Path, found.Body) : null;

    internal override byte[] TextAsKept(EntityPath path, byte[] text) => text;

    internal override EntityPath Stored(EntityPath path) => Read(path)?.Path ?? path;

    internal override object? VersionOf(EntityPath path)
    {
        if (index is not { IsLive: true } live)
        {
            return null;
        }

        if (live.Find(path) is not { IsDeleted: false } found)
        {
            return null;
        }

        current.Value?.Note(BucketKey.Of(path), found.Revision);
        return found.Revision;
    }

    internal override List<RotationRecord> ReadRotations()
    {
        BucketEntry? entry = Wait(Link.GetAsync(BucketKey.Rotations));
        current.Value?.Note(BucketKey.Rotations, entry?.Revision ?? 0);
        return entry?.Body is { } body ? RotationFile.Parse(body) : [];
    }

    internal override StoreTransaction BeginChange(CancellationToken cancellation = default)
    {
        HeldStores.RequireOther(this, Location);
        var change = new BucketTransaction(this, new Reentry(this, HeldStores.Enter(this)), cancellation);
        current.Value = change;
        return change;
    }

    /// <summary>The newest entry of a place, and its revision also where there is none.</summary>
    internal (EntityPath? Path, ulong Revision, byte[]? Body) Newest(EntityPath path)
    {
        string key = BucketKey.Of(path);
        if (index is { IsLive: true } live)
        {
            if (live.Find(path) is not { IsDeleted: false } known)
            {
                return (null, live.Find(path)?.Revision ?? 0, null);
            }

            if (contents.TryGetValue(key, out (ulong Revision, byte[] Body) kept) && kept.Revision == known.Revision)
            {
                return (known.Path, known.Revision, kept.Body);
            }
        }
        else if (Interlocked.Increment(ref reads) > ReadsBeforeIndex)
        {
            Indexed();
        }

        return Fetch(key);
    }

    /// <summary>The changes of its entities, from the oldest that the bucket still has (64 for each entity).</summary>
    /// <param name="cancellation">Ends the reading.</param>
    internal IAsyncEnumerable<StoreRevision> HistoryAsync(CancellationToken cancellation) =>
        RevisionsAsync(Link.ReadAsync(BucketKey.All, newest: false, cancellation), known: []);

    /// <summary>The changes of its entities from now on, until it is cancelled.</summary>
    /// <param name="cancellation">Ends the watch.</param>
    internal IAsyncEnumerable<StoreRevision> WatchAsync(CancellationToken cancellation) =>
        RevisionsAsync(Link.WatchAsync(BucketKey.All, cancellation), known: null);

    /// <summary>Forgets what may be older than what others wrote.</summary>
    internal void Refresh()
    {
        if (index is { IsLive: true } live && Wait(Link.GetAsync(BucketKey.All)) is { } last)
        {
            Wait(live.ReachAsync(last.Revision));
        }
    }

    /// <summary>Has what was written seen by whoever reads next.</summary>
    internal void Reach(ulong sequence)
    {
        if (index is { IsLive: true } live)
        {
            Wait(live.ReachAsync(sequence));
        }
    }

    internal static T Wait<T>(Task<T> task) => task.ConfigureAwait(false).GetAwaiter().GetResult();

    internal static void Wait(Task task) => task.ConfigureAwait(false).GetAwaiter().GetResult();

    private (EntityPath Path, byte[] Body)? Read(EntityPath path)
    {
        if (!IsSafe(path))
        {
            return null;
        }

        (EntityPath? stored, ulong revision, byte[]? body) = Newest(path);
        current.Value?.Note(BucketKey.Of(path), revision);
        return body is null ? null : (stored ?? path, body);
    }

    private (EntityPath? Path, ulong Revision, byte[]? Body) Fetch(string key)
    {
        if (Wait(Link.GetAsync(key)) is not { } entry)
        {
            return (null, 0, null);
        }

        if (entry.Body is { } body)
        {
            FileKind.Entity.RequireReadable(body.Length);
            if (contents.Count >= MostContents)
            {
                contents.Clear();
            }

            contents[key] = (entry.Revision, body);
        }

        return (entry.Path, entry.Revision, entry.Body);
    }

    private BucketIndex Indexed()
    {
        lock (starting)
        {
            if (index is { IsLive: true } live)
            {
                return live;
            }

            index?.Dispose();
            var made = new BucketIndex(Link);
            Wait(made.StartAsync(CancellationToken.None));
            return index = made;
        }
    }

    private async IAsyncEnumerable<StoreRevision> RevisionsAsync(IAsyncEnumerable<BucketEntry> entries, Dictionary<string, BucketEntry>? known)
    {
        await foreach (BucketEntry entry in entries.ConfigureAwait(false))
        {
            if (entry.Path is { } path)
            {
                BucketEntry? before = known is null
                    ? await Link.GetBeforeAsync(entry).ConfigureAwait(false)
                    : known.GetValueOrDefault(entry.Key);
                if (known is not null)
                {
                    known[entry.Key] = entry;
                }

                yield return new StoreRevision(this, entry, path, before);
            }
        }
    }

    private static bool IsSafe(EntityPath path) => BucketKey.Parts(path).All(EntityName.IsValid);

    /// <summary>What is read outside of a change is not part of it.</summary>
    private sealed class Reentry(BucketStore store, HeldStores held) : IDisposable
    {
        public void Dispose()
        {
            store.current.Value = null;
            held.Dispose();
        }
    }
}
