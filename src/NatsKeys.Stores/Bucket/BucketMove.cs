using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// Moves and removes more entities than fit into one batch. Entities below a missing owner are invisible. So entities are copied below the new owner
/// before it is created, and removed below the old one after it is removed. The owners themselves change in one batch, which verifies that the
/// copies are complete. An interruption leaves invisible copies, which are removed before an owner of that name is created.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="cancellation">Cancels the work between two batches.</param>
internal sealed class BucketMove(BucketStore store, CancellationToken cancellation)
{
    private const int MostMessages = 900;
    private const int MostBytes = 8 * 1024 * 1024;

    /// <summary>Copies the entities below an owner to another path, and removes everything else below that path.</summary>
    /// <param name="from">The owner.</param>
    /// <param name="to">The target path, at which there is no owner.</param>
    /// <returns>The latest revisions below both, which must be unchanged when the owner is moved.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreConflict"/>: others write there, too.</exception>
    public (ulong From, ulong To) Copy(EntityPath from, EntityPath to)
    {
        (string Key, ulong Revision) owner = Absence(to);
        while (true)
        {
            (ulong newest, ulong newestCopy) = (Newest(from), Newest(to));
            BucketIndex index = store.Cache.Indexed();
            var wanted = new HashSet<string>();
            var missing = new List<(EntityPath Path, ulong Revision, EntityPath Target)>();
            foreach ((EntityPath path, ulong revision) in index.LiveBelow(from))
            {
                EntityPath target = Under(path, from, to);
                string key = BucketKey.Of(target);
                wanted.Add(key);
                if (index.Find(target) is not { IsDeleted: false } copy || store.Copies.GetValueOrDefault(key) != (revision, copy.Revision))
                {
                    missing.Add((path, revision, target));
                }
            }

            Write(owner, index.LiveBelow(to).Where(one => !wanted.Contains(BucketKey.Of(one.Path))).Select(one => Deletion(one.Path, one.Revision)));
            foreach ((EntityPath Path, ulong Revision, EntityPath Target)[] some in missing.Chunk(BucketReader.MaximumRead))
            {
                CopySome(owner, some);
            }

            if (missing.Count == 0 && Newest(to) == newestCopy)
            {
                return (newest, newestCopy);
            }
        }
    }

    /// <summary>Removes the entities below a path at which there is no owner.</summary>
    /// <param name="place">The path.</param>
    /// <param name="except">Returns whether a key is kept.</param>
    /// <returns>The latest revision below it.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreConflict"/>: others write there, too.</exception>
    public ulong Sweep(EntityPath place, Func<string, bool> except)
    {
        (string Key, ulong Revision) owner = Absence(place);
        while (true)
        {
            ulong newest = Newest(place);
            if (newest == 0)
            {
                return 0;
            }

            IEnumerable<BucketWrite> all = store.Cache.Indexed().LiveBelow(place).Select(one => Deletion(one.Path, one.Revision));
            BucketWrite[] left = [.. all.Where(one => !except(one.Key))];
            if (left.Length == 0)
            {
                return newest;
            }

            Write(owner, left);
        }
    }

    /// <summary>Writes the entities below an owner again, after the spelling of its name has changed.</summary>
    /// <param name="owner">The owner, in its new spelling.</param>
    public void Respell(EntityPath owner)
    {
        Newest(owner);
        (string Key, ulong Revision) there = (BucketKey.Of(owner), store.Newest(owner).Revision);
        foreach ((EntityPath Path, ulong Revision)[] some in store.Cache.Indexed().LiveBelow(owner).Chunk(BucketReader.MaximumRead))
        {
            Dictionary<string, BucketEntry> read = ReadMany([.. some.Select(one => BucketKey.Of(one.Path))]);
            Write(there, read.Values.Where(entry => entry is { Body: not null, Path: not null }).Select(
                entry => new BucketWrite(entry.Key, entry.Body!, []) { Path = Under(entry.Path!, owner, owner), Expected = entry.Revision }));
        }
    }

    /// <summary>Returns the latest revision below an owner; 0 if nothing was ever there.</summary>
    public ulong Newest(EntityPath owner)
    {
        ulong newest = BucketStore.Wait(store.Reader.GetAsync(BucketKey.Below(owner), cancellation))?.Revision ?? 0;
        store.Cache.Reach(newest);
        return newest;
    }

    /// <summary>Returns the key and revision that prove that there is no owner. Fails if there is one.</summary>
    private (string Key, ulong Revision) Absence(EntityPath owner) => store.Newest(owner) is { Body: null } absent
        ? (BucketKey.Of(owner), absent.Revision)
        : throw Conflict();

    private static EntityPath Under(EntityPath path, EntityPath from, EntityPath to) => from.Account is null
        ? new EntityPath(to.Operator, path.Account, path.User)
        : to.Child(path.User!);

    private void CopySome((string Key, ulong Revision) owner, (EntityPath Path, ulong Revision, EntityPath Target)[] some)
    {
        Dictionary<string, BucketEntry> read = ReadMany([.. some.Select(one => BucketKey.Of(one.Path))]);
        var copies = new List<(BucketWrite Write, ulong Source)>();
        foreach ((EntityPath path, ulong revision, EntityPath target) in some)
        {
            if (read.TryGetValue(BucketKey.Of(path), out BucketEntry? entry) && entry.Revision == revision && entry.Body is { } body)
            {
                ulong expected = store.Cache.Indexed().Find(target)?.Revision ?? 0;
                copies.Add((new BucketWrite(BucketKey.Of(target), body, []) { Path = target, Expected = expected }, revision));
            }
        }

        Write(owner, copies.Select(one => one.Write));
        foreach ((BucketWrite write, ulong source) in copies)
        {
            if (store.Cache.Indexed().Find(write.Path!) is { IsDeleted: false } made)
            {
                store.Copies[write.Key] = (source, made.Revision);
            }
        }
    }

    private Dictionary<string, BucketEntry> ReadMany(string[] keys)
    {
        IEnumerable<BucketEntry> entries = BucketStore.Wait(store.Reader.GetManyAsync(keys)) is { IsTooMany: false } page
            ? page.Entries
            : keys.Select(key => BucketStore.Wait(store.Reader.GetAsync(key, cancellation))).OfType<BucketEntry>();
        return entries.ToDictionary(entry => entry.Key);
    }

    private static BucketWrite Deletion(EntityPath path, ulong revision) =>
        new(BucketKey.Of(path), [], []) { Path = path, IsDeletion = true, Expected = revision };

    /// <summary>Writes messages in as many batches as needed, each provided that the owner's revision is unchanged.</summary>
    private void Write((string Key, ulong Revision) owner, IEnumerable<BucketWrite> messages)
    {
        var some = new List<BucketWrite>();
        int bytes = 0;
        foreach (BucketWrite message in messages)
        {
            if (some.Count == MostMessages || (some.Count > 0 && bytes + message.Body.Length > MostBytes))
            {
                WriteSome(owner, some);
                some.Clear();
                bytes = 0;
            }

            some.Add(message);
            bytes += message.Body.Length;
        }

        if (some.Count > 0)
        {
            WriteSome(owner, some);
        }
    }

    private void WriteSome((string Key, ulong Revision) owner, List<BucketWrite> some)
    {
        cancellation.ThrowIfCancellationRequested();
        string id = Guid.NewGuid().ToString("n");
        BucketWrite absence = new(BucketKey.OfGuard(id, 1), [], BucketEntry.Headers(path: null, store.Link.By, id, isDeleted: false))
        {
            Expected = owner.Revision,
            Guarded = owner.Key,
            IsRecord = true,
        };
        BucketWrite[] all =
            [absence, .. some.Select(one => one with { Headers = BucketEntry.Headers(one.Path, store.Link.By, id, one.IsDeletion) })];
        if (BucketStore.Wait(store.Writer.CommitAsync(id, all, cancellation)) is not { } sequence)
        {
            store.Cache.Refresh();
            throw Conflict();
        }

        store.Cache.Reach(sequence);
    }

    private NatsKeysException Conflict() => new(
        ErrorCode.StoreConflict, $"Others kept changing the same entities of the store {store.Location}. Nothing was changed.");
}
