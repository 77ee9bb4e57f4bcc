using System.Collections.Concurrent;
using NATS.Client.Core;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// Changes of a store in a bucket. Nobody is kept from changing it meanwhile: what is written names the revisions of all that was read, and
/// servers take all of it or nothing. Where somebody else was faster, the change is made again from what is there then.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="begin">The newest revision of all entities when it began; null where that is not known.</param>
/// <param name="reentry">What ends with it.</param>
/// <param name="cancellation">Ends the waiting for servers.</param>
internal sealed class BucketTransaction(BucketStore store, ulong? begin, IDisposable reentry, CancellationToken cancellation)
    : StoreTransaction(store, reentry)
{
    // Servers take this many messages as one. More reads than this are stated as one: that nothing at all has changed.
    private const int MostGuards = 400;

    // The record of the change, the rotations, and an owner that is written last.
    private const int Reserve = 10;

    // The entities below another one are read by several threads at once.
    private readonly ConcurrentDictionary<string, ulong> seen = new();
    private readonly Dictionary<string, (EntityPath? Path, byte[]? Body)> written = [];
    private readonly List<EntityPath> emptied = [];
    private readonly StagedKeys keys = new();
    private readonly StagedKeys held = new();
    private readonly List<string> forgotten = [];
    private readonly List<Action<FileTransaction>> files = [];

    public override bool IsExclusive => false;

    public override int Room => Math.Max(0, BucketWriter.MaximumBatch - Reserve - MostGuards - written.Count);

    public override void SaveText(EntityPath path, byte[] text) => Put(path, text);

    public override void Delete(EntityPath path, bool includeCredentials)
    {
        EntityPath stored = store.Stored(path);
        written[BucketKey.Of(stored)] = (stored, null);
        if (path.Kind != EntityKind.User)
        {
            emptied.Add(stored);
        }

        if (includeCredentials)
        {
            files.Add(transaction => CredentialFile.Remove(transaction, store, stored));
        }
    }

    public override void Move(EntityPath path, EntityPath target)
    {
        EntityPath stored = store.Stored(path);
        MoveOne(stored, target);
        files.Add(transaction => CredentialFile.Move(transaction, store, stored, target));
    }

    public override void ForgetKey(string publicKey)
    {
        keys.Forget(publicKey);
        forgotten.Add(publicKey);
    }

    public override void SaveRotations(IReadOnlyCollection<RotationRecord> rotations) =>
        written[BucketKey.Rotations] = (null, rotations.Count == 0 ? null : RotationFile.Encode(rotations));

    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreConflict"/>: somebody else changed what this change was made from, and nothing was written.
    /// </exception>
    public override void Commit()
    {
        if (written.Count > 0)
        {
            Write();
        }
        else
        {
            KeepKeys(keys.All);
        }

        After(() => forgotten.ForEach(store.Keys.Remove));
        files.ForEach(change => After(() => store.ChangeFiles(change)));
    }

    /// <summary>Takes note of what the change was made from: the first look counts.</summary>
    internal void Note(string key, ulong revision) => seen.TryAdd(key, revision);

    protected override bool CanReadBack => true;

    protected override EntityDocument? ReadBack(EntityPath path) => written.TryGetValue(BucketKey.Of(path), out var found) && found.Body is { } text
        ? store.Decode(path, text)
        : null;

    protected override void Stage(EntityPath path, EntityDocument document, NatsKeyPair? userKey)
    {
        string key = BucketKey.Of(path);
        byte[]? before = written.TryGetValue(key, out var staged) ? staged.Body : store.LoadText(path)?.Text;
        byte[] text = EntityFile.Encode(before, document, path.Kind);
        FileKind.Entity.RequireFits($"{store.Location}: {path}", text.Length);
        Put(path, text);
        if (document.Jwt is { } jwt && path.Kind == EntityKind.User)
        {
            NatsKeyPair? copy = userKey is null ? null : held.Add(userKey);
            files.Add(transaction => CredentialFile.Renew(transaction, store, path, jwt, copy));
        }
    }

    protected override void Stage(NatsKeyPair key)
    {
        store.Keys.RequireUnlocked();
        keys.Add(key);
    }

    protected override void Discard()
    {
        keys.Dispose();
        held.Dispose();
    }

    private void Put(EntityPath path, byte[] text)
    {
        string key = BucketKey.Of(path);
        if (!seen.ContainsKey(key))
        {
            Note(key, store.Newest(path).Revision);
        }

        written[key] = (path, text);
    }

    private void MoveOne(EntityPath path, EntityPath target)
    {
        if (path.Kind != EntityKind.User)
        {
            foreach (string name in store.Names(path))
            {
                MoveOne(path.Child(name), target.Child(name));
            }

            emptied.Add(path);
        }

        string key = BucketKey.Of(path);
        byte[] text = written.TryGetValue(key, out var staged) && staged.Body is { } ready ? ready : store.LoadText(path)!.Value.Text;
        written[key] = (path, null);
        Put(target, text);
    }

    private void Write()
    {
        // What is signed by a key is never seen without it.
        NatsKeyPair[] added = [.. keys.All.Where(key => !store.Keys.Contains(key.PublicKey))];
        KeepKeys(added);
        bool isWritten = false;
        try
        {
            string id = Guid.NewGuid().ToString("n");
            ulong? sequence = BucketStore.Wait(store.Writer.CommitAsync(id, Messages(id), cancellation));
            isWritten = sequence is not null;
            if (!isWritten)
            {
                store.Cache.Refresh();
                throw new NatsKeysException(
                    ErrorCode.StoreConflict, $"Others kept changing the same entities of the store {store.Location}. Nothing was changed.");
            }

            if (written.Values.Any(one => one.Path is not null))
            {
                store.Cache.Reach(sequence!.Value);
            }
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.OutcomeUnknown)
        {
            // The entities may be there: their keys stay.
            isWritten = true;
            throw;
        }
        finally
        {
            if (!isWritten)
            {
                Array.ForEach(added, key => store.Keys.Remove(key.PublicKey));
            }
        }
    }

    private void KeepKeys(IEnumerable<NatsKeyPair> all)
    {
        foreach (NatsKeyPair key in all)
        {
            store.Keys.Add(key, cancellation);
        }
    }

    private List<BucketWrite> Messages(string id)
    {
        NatsHeaders Headers(EntityPath? path = null, bool isDeleted = false) => BucketEntry.Headers(path, store.Link.By, id, isDeleted);

        // What was only read must still be what it was.
        (string Key, ulong Revision)[] guards =
        [
            .. Guards(),
            .. emptied.Select(path => (BucketKey.Below(path), EmptiedSince(path))),
        ];
        List<BucketWrite> messages =
        [
            .. guards.Select((guard, number) => new BucketWrite(BucketKey.OfGuard(id, number + 1), [], Headers())
            {
                Expected = guard.Revision,
                Guarded = guard.Key,
                IsRecord = true,
            }),
        ];

        // Entities come last: whoever has seen the last message of the change has seen all of them.
        foreach ((string key, (EntityPath? path, byte[]? body)) in written.OrderBy(one => one.Value.Path is not null))
        {
            ulong revision = seen.TryGetValue(key, out ulong known) ? known : path is null ? 0 : store.Newest(path).Revision;
            if (body is not null || revision != 0)
            {
                messages.Add(new BucketWrite(key, body ?? [], Headers(path, body is null)) { Expected = revision });
            }
        }

        return messages;
    }

    /// <summary>What was read and is not written. Of much, it is stated at once that nothing has changed since the change began.</summary>
    private IEnumerable<(string Key, ulong Revision)> Guards()
    {
        (string Key, ulong Revision)[] guards = [.. seen.Where(one => !written.ContainsKey(one.Key)).Select(one => (one.Key, one.Value))];
        if (guards.Length <= MostGuards)
        {
            return guards;
        }

        IEnumerable<(string Key, ulong Revision)> others = guards.Where(one => one.Key == BucketKey.Rotations);
        if (begin is { } newest)
        {
            return others.Append((BucketKey.All, newest));
        }

        // The next attempt knows it.
        store.Cache.Indexed();
        throw new NatsKeysException(ErrorCode.StoreConflict, $"The store {store.Location} was not known as a whole. Nothing was changed.");
    }

    /// <summary>The newest revision below an entity that goes, once nothing is left there that does not go with it.</summary>
    private ulong EmptiedSince(EntityPath path)
    {
        BucketEntry? last = BucketStore.Wait(store.Reader.GetAsync(BucketKey.Below(path)));
        if (last is not null)
        {
            store.Cache.Reach(last.Revision);
        }

        foreach (string name in store.Names(path))
        {
            if (!written.TryGetValue(BucketKey.Of(path.Child(name)), out var staged) || staged.Body is not null)
            {
                throw new NatsKeysException(
                    ErrorCode.StoreConflict, $"Others keep adding entities below {path} in the store {store.Location}. Nothing was changed.");
            }
        }

        return last?.Revision ?? 0;
    }

    /// <summary>What follows a change that was made cannot undo it any more.</summary>
    private void After(Action work)
    {
        try
        {
            work();
        }
        catch (NatsKeysException error)
        {
            store.Notice($"The store was changed, but not everything on this machine: {error.Message}", error.Remedy);
        }
    }
}
