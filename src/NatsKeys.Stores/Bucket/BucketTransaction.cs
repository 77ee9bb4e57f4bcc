using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// A transaction of a store in a bucket. It uses optimistic concurrency: the batch states the revisions of everything that was read, and servers
/// write all of it or nothing. After a conflict, the change is retried from the current state.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="begin">The latest revision of all entities at the start; null if unknown.</param>
/// <param name="group">The group of changes that is written together; null if this change is written alone.</param>
/// <param name="reentry">Disposed with the transaction.</param>
/// <param name="cancellation">Cancels the wait for servers.</param>
internal sealed class BucketTransaction(
    BucketStore store, ulong? begin, BucketGroup? group, IDisposable reentry, CancellationToken cancellation) : StoreTransaction(store, reentry)
{
    // For the record of the change, the rotations, and an owner that is written last.
    private const int Reserve = 10;
    private readonly BucketDraft draft = new() { Begin = begin };

    public override bool IsExclusive => false;

    public override int Room => Math.Max(0, BucketWriter.MaximumBatch - Reserve - BucketCommit.MostGuards - draft.Written.Count);

    public override void SaveText(EntityPath path, byte[] text) => Put(path, text);

    public override void Delete(EntityPath path, bool includeCredentials)
    {
        EntityPath stored = store.Stored(path);
        draft.Written[BucketKey.Of(stored)] = (stored, null);
        if (path.Kind != EntityKind.User)
        {
            draft.Emptied.Add(stored);
        }

        if (includeCredentials)
        {
            draft.Local.Add(new LocalStep(LocalAction.Remove, stored));
        }
    }

    public override void Move(EntityPath path, EntityPath target)
    {
        EntityPath stored = store.Stored(path);
        if (IsLarge(stored))
        {
            MoveOwner(stored, target);
            if (BucketKey.Of(stored) == BucketKey.Of(target))
            {
                draft.Respelled.Add(target);
            }
            else
            {
                draft.Moved.Add((stored, target));
            }
        }
        else
        {
            MoveAll(stored, target);
        }

        draft.Local.Add(new LocalStep(LocalAction.Move, stored, target));
    }

    public override void ForgetKey(string publicKey)
    {
        draft.Keys.Forget(publicKey);
        draft.Local.Add(new LocalStep(LocalAction.Forget, PublicKey: publicKey));
    }

    public override void SaveRotations(IReadOnlyCollection<RotationRecord> rotations) =>
        draft.Written[BucketKey.Rotations] = (null, rotations.Count == 0 ? null : RotationFile.Encode(rotations));

    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreConflict"/>: others changed what this change was based on, and nothing was written.
    /// </exception>
    public override void Commit()
    {
        if (group is not null)
        {
            group.Add(draft);
        }
        else
        {
            new BucketCommit(store, draft, cancellation).Run();
        }
    }

    /// <summary>Records the revision on which the change is based: that of the first read.</summary>
    internal void Note(string key, ulong revision, bool isThere) => draft.Seen.TryAdd(key, (revision, isThere));

    protected override bool CanReadBack => true;

    protected override EntityDocument? ReadBack(EntityPath path) =>
        draft.Written.TryGetValue(BucketKey.Of(path), out var found) && found.Body is { } text ? store.Decode(path, text) : null;

    protected override void Stage(EntityPath path, EntityDocument document, NatsKeyPair? userKey)
    {
        string key = BucketKey.Of(path);
        byte[]? before = draft.Written.TryGetValue(key, out var staged) ? staged.Body : store.LoadText(path)?.Text;
        byte[] text = EntityFile.Encode(before, document, path.Kind);
        FileKind.Entity.RequireFits($"{store.Location}: {path}", text.Length);
        Put(path, text);
        if (document.Jwt is { } jwt && path.Kind == EntityKind.User)
        {
            draft.Local.Add(LocalStep.Renewal(path, jwt, userKey));
        }
    }

    protected override void Stage(NatsKeyPair key)
    {
        store.Keys.RequireUnlocked();
        draft.Keys.Add(key);
    }

    protected override void Discard() => draft.Dispose();

    private void Put(EntityPath path, byte[] text)
    {
        string key = BucketKey.Of(path);
        if (!draft.Seen.ContainsKey(key))
        {
            (_, ulong revision, byte[]? before) = store.Newest(path);
            Note(key, revision, before is not null);
        }

        if (path.Kind != EntityKind.User && !draft.Seen[key].IsThere)
        {
            draft.Created.Add(path);
        }

        draft.Written[key] = (path, text);
    }

    /// <summary>Whether an owner has more entities below it than can be moved with it in one batch.</summary>
    private bool IsLarge(EntityPath path)
    {
        int most = (BucketWriter.MaximumBatch / 2) - Reserve;
        return path.Kind != EntityKind.User && Below(path).Take(most + 1).Count() > most;
    }

    private IEnumerable<EntityPath> Below(EntityPath path) => path.Kind == EntityKind.User
        ? []
        : store.Names(path).Select(path.Child).SelectMany(child => Below(child).Prepend(child));

    private void MoveAll(EntityPath path, EntityPath target)
    {
        if (path.Kind != EntityKind.User)
        {
            foreach (string name in store.Ahead(path, store.Names(path)))
            {
                MoveAll(path.Child(name), target.Child(name));
            }

            draft.Emptied.Add(path);
        }

        MoveOwner(path, target);
    }

    private void MoveOwner(EntityPath path, EntityPath target)
    {
        string key = BucketKey.Of(path);
        byte[] text = draft.Written.TryGetValue(key, out var staged) && staged.Body is { } ready ? ready : store.LoadText(path)!.Value.Text;
        draft.Written[key] = (path, null);
        Put(target, text);
    }
}
