using System.Diagnostics;
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
    // After this many single reads it is cheaper to know all revisions.
    private const int ReadsBeforeIndex = 8;

    private const int ListingsBeforeIndex = 8;
    private const int FirstReadAhead = 8;

    // Of conflicts without news, so many may come from others who are not done. Then the picture is wrong, as where somebody purged a key.
    private const int MostConflictsWithoutNews = 3;

    // What others wrote is seen at latest after this time, and so is that the servers are gone.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IndexPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostIdle = TimeSpan.FromMinutes(5);
    private readonly BucketContents contents = new();
    private readonly AsyncLocal<BucketTransaction?> current = new();
    private readonly string keyRoot;
    private readonly Lock starting = new();
    private volatile BucketIndex? index;
    private Task? indexing;
    private long asked;
    private int reads;
    private int listings;
    private int conflictsWithoutNews;

    public BucketStore(BucketLink link, string keyRoot, TimeProvider clock)
        : base(new FolderKeyStore(keyRoot), clock, new FlushQueue(keyRoot, keyRoot))
    {
        Link = link;
        this.keyRoot = keyRoot;
        using AsyncFlowControl _ = ExecutionContext.SuppressFlow();
        Task.Run(RestWhenIdleAsync);
    }

    public override string Location => Link.Address.ToString();

    public override string CredentialRoot => KeyRootLayout.CredentialsOf(keyRoot);

    internal BucketLink Link { get; }

    public override IEnumerable<string> Names(EntityPath? parent = null)
    {
        // Operators and accounts are few. They are not worth a picture of all users, which takes a while in a large bucket.
        if (parent?.Kind == EntityKind.Account || Fresh() is not null || ++listings > ListingsBeforeIndex)
        {
            return Indexed().Names(parent);
        }

        try
        {
            return Wait(ListAsync(parent));
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.ServerUnreachable)
        {
            return Indexed().Names(parent);
        }
    }

    /// <summary>A local change of keys or credentials. Each step is one of its own.</summary>
    internal void ChangeFiles(Action<FileTransaction> change)
    {
        using var files = new FileTransaction(new FileJournal(keyRoot, keyRoot, ((FolderKeyStore)Keys).Known), Unflushed);
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
        if (Fresh() is not { } live)
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
        var change = new BucketTransaction(this, Fresh()?.Applied, new Reentry(this, HeldStores.Enter(this)), cancellation);
        current.Value = change;
        return change;
    }

    /// <summary>What the content of an entity says.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidYaml"/>.</exception>
    internal EntityDocument Decode(EntityPath path, byte[] body) => FolderStore.Decode($"{Location}: {path}", body, path.Kind, recent: null);

    /// <summary>The newest entry of a place, and its revision also where there is none.</summary>
    internal (EntityPath? Path, ulong Revision, byte[]? Body) Newest(EntityPath path)
    {
        string key = BucketKey.Of(path);
        if (Fresh() is { } live)
        {
            if (live.Find(path) is not { } known)
            {
                return (null, 0, null);
            }

            if (known.IsDeleted)
            {
                return (null, known.Revision, null);
            }

            if (contents.Find(key, known.Revision) is { } kept)
            {
                return (known.Path, known.Revision, kept);
            }
        }
        else if (Interlocked.Increment(ref reads) > ReadsBeforeIndex)
        {
            BeginIndex();
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

    /// <summary>Reads the contents of many entities ahead of those who will ask for each, some hundred at once.</summary>
    internal override IEnumerable<string> Ahead(EntityPath? parent, IEnumerable<string> names)
    {
        // The first ones come at once, and the more is read the more is read ahead.
        int count = FirstReadAhead;
        using IEnumerator<string> all = names.GetEnumerator();
        while (Next(all, count) is { Count: > 0 } some)
        {
            count = Math.Min(count * 4, BucketLink.MaximumRead);
            if (index is { IsLive: true } live)
            {
                Dictionary<string, ulong> missing = [];
                foreach (string name in some)
                {
                    EntityPath path = parent?.Child(name) ?? new EntityPath(name);
                    string key = BucketKey.Of(path);
                    if (live.Find(path) is { IsDeleted: false } known && contents.Find(key, known.Revision) is null)
                    {
                        missing[key] = known.Revision;
                    }
                }

                ReadAhead(missing);
            }

            foreach (string name in some)
            {
                yield return name;
            }
        }
    }

    /// <summary>Takes note that a change was refused, and learns what others wrote.</summary>
    internal void Refresh()
    {
        if (index is not { IsLive: true } live)
        {
            return;
        }

        ulong before = live.Applied;
        asked = 0;
        Fresh();
        conflictsWithoutNews = live.Applied == before ? conflictsWithoutNews + 1 : 0;
        if (conflictsWithoutNews > MostConflictsWithoutNews)
        {
            Forget();
        }
    }

    /// <summary>Lets go the connection and what was read. Both come back with the next use.</summary>
    internal Task RestAsync()
    {
        Forget();
        return Link.RestAsync();
    }

    /// <summary>Has what was written seen by whoever reads next.</summary>
    internal void Reach(ulong sequence)
    {
        if (index is { IsLive: true } live)
        {
            Reach(live, sequence);
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
        if (body is null)
        {
            return null;
        }

        FileKind.Entity.RequireReadable(body.Length);
        return (stored ?? path, body);
    }

    private (EntityPath? Path, ulong Revision, byte[]? Body) Fetch(string key)
    {
        if (Wait(Link.GetAsync(key)) is not { } entry)
        {
            return (null, 0, null);
        }

        if (entry.Body is { } body)
        {
            contents.Keep(key, entry.Revision, body);
        }

        return (entry.Path, entry.Revision, entry.Body);
    }

    private async Task<string[]> ListAsync(EntityPath? parent)
    {
        var names = new List<string>();
        await foreach (BucketEntry entry in Link.ReadAsync(BucketKey.Children(parent), newest: true, ReadStop.Token).ConfigureAwait(false))
        {
            if (entry is { Path: { } path, Body: { } body })
            {
                contents.Keep(entry.Key, entry.Revision, body);
                names.Add(path.Name);
            }
        }

        return [.. names.Order(StringComparer.OrdinalIgnoreCase)];
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

    private void ReadAhead(Dictionary<string, ulong> missing)
    {
        // One that is missing is read when it is asked for.
        if (missing.Count > 1)
        {
            foreach (BucketEntry entry in Wait(Link.GetManyAsync(missing.Keys)))
            {
                if (entry.Body is { } body && missing.TryGetValue(entry.Key, out ulong revision) && revision == entry.Revision)
                {
                    contents.Keep(entry.Key, revision, body);
                }
            }
        }
    }

    private BucketIndex Indexed()
    {
        if (Fresh() is { } live)
        {
            return live;
        }

        lock (starting)
        {
            if (index is { IsLive: true } other)
            {
                return other;
            }

            index?.Dispose();
            BucketIndex made = NewIndex();
            asked = Stopwatch.GetTimestamp();
            return index = made;
        }
    }

    /// <summary>A new picture. Where servers come and go meanwhile, it is begun again.</summary>
    private BucketIndex NewIndex()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var made = new BucketIndex(Link);
            try
            {
                Wait(made.StartAsync(ReadStop.Token));
                return made;
            }
            catch (NatsKeysException error) when (
                error.Code == ErrorCode.ServerUnreachable && made.IsBegun && Stopwatch.GetElapsedTime(start) < IndexPatience)
            {
                made.Dispose();
            }
            catch
            {
                made.Dispose();
                throw;
            }
        }
    }

    /// <summary>Makes the picture while single reads go on: that of a large bucket takes a while.</summary>
    private void BeginIndex()
    {
        if (indexing is null or { IsCompleted: true })
        {
            using AsyncFlowControl _ = ExecutionContext.SuppressFlow();
            indexing = Task.Run(() =>
            {
                try
                {
                    Indexed();
                }
                catch (NatsKeysException)
                {
                    // Who needs it says why there is none.
                }
            });
        }
    }

    /// <summary>The picture, as the servers confirmed it a moment ago; null where there is none.</summary>
    private BucketIndex? Fresh()
    {
        if (index is not { IsLive: true } live)
        {
            return null;
        }

        if (asked != 0 && Stopwatch.GetElapsedTime(asked) < Freshness)
        {
            return live;
        }

        ulong last = Newest(live);
        if (last < live.Applied)
        {
            // The bucket was made anew.
            Forget();
            return null;
        }

        Reach(live, last);
        asked = Stopwatch.GetTimestamp();
        return live.IsLive && live.Applied >= last ? live : null;
    }

    /// <summary>Waits for the picture. One that is not kept true any more is made anew with the next read.</summary>
    private void Reach(BucketIndex live, ulong sequence)
    {
        Wait(live.ReachAsync(sequence));
        if (live.Applied < sequence && ReferenceEquals(index, live))
        {
            live.Dispose();
            index = null;
        }
    }

    private ulong Newest(BucketIndex live)
    {
        ulong before = live.Applied;
        try
        {
            return Wait(Link.GetAsync(BucketKey.All))?.Revision ?? before;
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.StoreNotFound)
        {
            Forget();
            throw;
        }
    }

    private void Forget()
    {
        index?.Dispose();
        index = null;
        contents.Clear();
        conflictsWithoutNews = 0;
    }

    /// <summary>A process that lives long does not hold a connection that nobody uses.</summary>
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
