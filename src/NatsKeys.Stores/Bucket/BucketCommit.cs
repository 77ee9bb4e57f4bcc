using NATS.Client.Core;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>Writes one or more changes: as one batch to the bucket, and to the key root before and after that.</summary>
/// <param name="store">The store.</param>
/// <param name="draft">The changes.</param>
/// <param name="cancellation">Cancels the wait for servers.</param>
internal sealed class BucketCommit(BucketStore store, BucketDraft draft, CancellationToken cancellation)
{
    /// <summary>The maximum number of guards in a batch. If more was read, a single guard states that no entity has changed.</summary>
    public const int MostGuards = 400;

    // One more message of the batch is the record of the change.
    private const int MostMessages = BucketWriter.MaximumBatch - 1;
    private readonly string id = Guid.NewGuid().ToString("n");
    private readonly BucketMove move = new(store, cancellation);

    /// <summary>Writes the changes.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreConflict"/>: others changed what was read; or the changes cannot be written. Nothing was changed then, unless the
    /// code is <see cref="ErrorCode.OutcomeUnknown"/>.
    /// </exception>
    public void Run()
    {
        if (draft.Written.Count == 0)
        {
            store.KeepKeys(draft.Keys.All, cancellation);
            draft.Local.ForEach(Follow);
            return;
        }

        (List<BucketWrite> messages, List<EntityPath> left) = Messages();

        // Keys are stored first, so that nothing that they sign is visible without them.
        NatsKeyPair[] added = [.. draft.Keys.All.Where(key => !store.Keys.Contains(key.PublicKey))];
        using BucketIntent? intent = Intend(added);
        bool isOpen = false;
        bool isMade = false;
        try
        {
            store.KeepKeys(added, cancellation);
            ulong? sequence = BucketStore.Wait(store.Writer.CommitAsync(id, messages, cancellation));
            isMade = sequence is not null;
            if (!isMade)
            {
                store.Cache.Refresh();
                throw new NatsKeysException(
                    ErrorCode.StoreConflict, $"Others kept changing the same entities of the store {store.Location}. Nothing was changed.");
            }

            // The change is made. A canceled read must not make it look like a failure.
            ReadStop.Without(() => store.Cache.Reach(messages[^1].Path is null ? 0 : sequence!.Value));
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.OutcomeUnknown)
        {
            // The entities may have been written, so their keys are kept until the outcome is known.
            isOpen = true;
            throw;
        }
        finally
        {
            if (!isMade && !isOpen)
            {
                Array.ForEach(added, key => store.Keys.Remove(key.PublicKey));
                intent?.Finish();
            }
        }

        ReadStop.Without(() => draft.Local.ForEach(Follow));
        intent?.Finish();
        left.ForEach(owner => Tidy(() => move.Sweep(owner, except: _ => false)));
        draft.Respelled.ForEach(owner => Tidy(() => move.Respell(owner)));
        store.Copies.Clear();
    }

    /// <summary>Records the work of this machine for the change; null if there is none.</summary>
    private BucketIntent? Intend(NatsKeyPair[] added) => added.Length == 0 && !draft.Local.Exists(step => step.IsNeeded(store))
        ? null
        : BucketIntent.Begin(store.KeyRoot, new IntentRecord(
            store.Identity,
            id,
            [.. added.Select(key => key.PublicKey)],
            [.. draft.Written.Where(one => one.Value.Path is not null).Select(one => one.Key)],
            draft.Local));

    /// <summary>Returns the messages of the batch, and the paths below which entities are removed afterwards.</summary>
    private (List<BucketWrite> Messages, List<EntityPath> Left) Messages()
    {
        List<BucketWrite> writes = Writes();
        List<EntityPath> left = [.. draft.Moved.Select(one => one.From)];
        (string Key, ulong Revision)[] guards = [.. Guards(), .. OwnerGuards()];
        if (writes.Count + guards.Length > MostMessages)
        {
            // Entities below an owner are invisible once it is removed, so they can be removed later.
            left.AddRange(draft.Emptied);
            writes.RemoveAll(one => one.IsDeletion && draft.Emptied.Exists(owner => IsBelow(one.Path!, owner)));
        }

        List<BucketWrite> messages =
        [
            .. guards.Select((guard, number) => new BucketWrite(BucketKey.OfGuard(id, number + 1), [], Headers())
            {
                Expected = guard.Revision,
                Guarded = guard.Key,
                IsRecord = true,
            }),
            .. writes,
        ];
        return (messages, left);
    }

    /// <summary>Returns the writes. Entities come last: when the last message of the batch is visible, all of them are.</summary>
    private List<BucketWrite> Writes()
    {
        var writes = new List<BucketWrite>();
        foreach ((string key, (EntityPath? path, byte[]? body)) in draft.Written.OrderBy(one => one.Value.Path is not null))
        {
            ulong revision = draft.Seen.TryGetValue(key, out var known) ? known.Revision : path is null ? 0 : store.Newest(path).Revision;
            if (body is not null || revision != 0)
            {
                writes.Add(new BucketWrite(key, body ?? [], Headers(path, body is null))
                {
                    Path = path,
                    IsDeletion = path is not null && body is null,
                    Expected = revision,
                });
            }
        }

        return writes;
    }

    /// <summary>
    /// Returns guards for the entries that were read but are not written. If there are many, a single guard states that nothing has changed since.
    /// </summary>
    private IEnumerable<(string Key, ulong Revision)> Guards()
    {
        (string Key, ulong Revision)[] guards =
            [.. draft.Seen.Where(one => !draft.Written.ContainsKey(one.Key)).Select(one => (one.Key, one.Value.Revision))];
        if (guards.Length <= MostGuards)
        {
            return guards;
        }

        IEnumerable<(string Key, ulong Revision)> others = guards.Where(one => one.Key == BucketKey.Rotations);
        if (draft.Begin is { } newest)
        {
            return others.Append((BucketKey.All, newest));
        }

        // Reads the whole index, so that the next attempt can use a single guard.
        store.Cache.Indexed();
        throw new NatsKeysException(
            ErrorCode.StoreConflict,
            $"The change is based on {guards.Length:N0} entities of the store {store.Location}, not all of which had been read yet. Nothing was "
                + "changed.");
    }

    /// <summary>The revisions that must still hold below owners that are created, moved or removed.</summary>
    private IEnumerable<(string Key, ulong Revision)> OwnerGuards()
    {
        foreach ((EntityPath from, EntityPath to) in draft.Moved)
        {
            (ulong newest, ulong newestCopy) = move.Copy(from, to);
            yield return (BucketKey.Below(from), newest);
            yield return (BucketKey.Below(to), newestCopy);
        }

        foreach (EntityPath path in draft.Emptied)
        {
            yield return (BucketKey.Below(path), EmptiedSince(path));
        }

        foreach (EntityPath path in draft.Created.Where(path => !draft.Moved.Exists(one => one.To == path)))
        {
            yield return (BucketKey.Below(path), move.Sweep(path, draft.Written.ContainsKey));
        }
    }

    /// <summary>Returns the latest revision below an entity that is removed or moved. Fails if other entities remain there.</summary>
    private ulong EmptiedSince(EntityPath path)
    {
        // If only the case of a name changes, the owner and the entities below it keep their keys, and are written again.
        bool isKept = IsWritten(path);
        ulong newest = move.Newest(path);
        foreach (string name in store.Names(path))
        {
            EntityPath child = path.Child(name);
            if (!draft.Written.ContainsKey(BucketKey.Of(child)) || (IsWritten(child) && !isKept))
            {
                throw new NatsKeysException(
                    ErrorCode.StoreConflict, $"Others keep adding entities below {path} in the store {store.Location}. Nothing was changed.");
            }
        }

        return newest;
    }

    private bool IsWritten(EntityPath path) => draft.Written.TryGetValue(BucketKey.Of(path), out var staged) && staged.Body is not null;

    /// <summary>Performs a step that follows the change. The change can no longer be undone, so an error becomes a notice.</summary>
    private void Follow(LocalStep step)
    {
        try
        {
            step.Do(store);
        }
        catch (NatsKeysException error)
        {
            store.Notice($"The entities in the store were changed, but a file on this machine was not: {error.Message}", error.Remedy);
        }
    }

    /// <summary>Performs work that may fail without harm, such as removing invisible copies. Later changes do the rest.</summary>
    private static void Tidy(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is NatsKeysException or OperationCanceledException)
        {
            // An owner of that name was created meanwhile, or no server responds.
        }
    }

    private static bool IsBelow(EntityPath path, EntityPath owner) =>
        BucketKey.Of(path).StartsWith(BucketKey.Of(owner) + ".", StringComparison.Ordinal);

    private NatsHeaders Headers(EntityPath? path = null, bool isDeleted = false) => BucketEntry.Headers(path, store.Link.By, id, isDeleted);
}
