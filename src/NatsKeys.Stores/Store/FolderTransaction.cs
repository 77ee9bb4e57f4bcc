using NatsKeys.Files;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>A transaction of a store on disk: files are staged, and then put in place together.</summary>
internal sealed class FolderTransaction(
    FolderStore store, FileTransaction files, StoreLock storeLock, CancellationToken cancellation) : StoreTransaction(store, storeLock)
{
    private readonly List<EntityPath> placed = [];
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private readonly StagedKeys keys = new();

    public override void SaveText(EntityPath path, byte[] text)
    {
        placed.Add(path);
        files.Write(Inside(store.Layout.FileOf(path)), text);
    }

    public override void Delete(EntityPath path, bool includeCredentials)
    {
        EntityPath stored = store.Stored(path);
        files.Delete(Inside(store.Layout.FileOf(stored)));
        foreach (string folder in store.Layout.FoldersOf(stored))
        {
            files.Prune(folder);
        }

        if (includeCredentials)
        {
            CredentialFile.Remove(files, store, stored);
        }
    }

    public override void Move(EntityPath path, EntityPath target)
    {
        files.Move(Inside(store.Layout.PlaceOf(path)), Inside(store.Layout.PlaceOf(target)));
        CredentialFile.Move(files, store, path, target);
    }

    public override void ForgetKey(string publicKey)
    {
        keys.Forget(publicKey);
        store.FolderKeys.Forget(files, publicKey);
    }

    public override void SaveRotations(IReadOnlyCollection<RotationRecord> rotations)
    {
        string file = Inside(store.Layout.Rotations);
        if (rotations.Count == 0)
        {
            files.Delete(file);
        }
        else
        {
            byte[] text = RotationFile.Encode(rotations);
            FileKind.Rotations.RequireFits(file, text.Length);
            files.Write(file, text);
        }
    }

    public override void Commit()
    {
        // The default store is created with its first entity.
        store.MakeMarker();
        storeLock.KnowStore();
        using IDisposable? keysHeld = keys.All.Count > 0 ? store.HoldKeys(cancellation) : null;

        // Keys are stored before what they sign, so that nobody sees a signed entity without its key.
        foreach (NatsKeyPair key in keys.All)
        {
            store.FolderKeys.Keep(files, key);
        }

        store.RequireFoldersInside(folders);
        if (files.Commit() is { } notice)
        {
            store.Notice(notice);
        }

        store.Placed(placed);
    }

    protected override bool CanReadBack => true;

    protected override EntityDocument? ReadBack(EntityPath path) =>
        store.Layout.FileOf(path) is var file && files.Read(file) is { } text ? store.Decode(file, text, path.Kind) : null;

    protected override void Stage(EntityPath path, EntityDocument document, NatsKeyPair? userKey)
    {
        placed.Add(path);
        string file = Inside(store.Layout.FileOf(path));
        byte[]? before = files.Read(file);
        byte[] text = EntityFile.Encode(before, document, path.Kind);
        FileKind.Entity.RequireFits(file, text.Length);
        files.Replace(file, before, text);
        if (document.Jwt is { } jwt && path.Kind == EntityKind.User)
        {
            if (document.Unchecked is { } token)
            {
                store.Signed(token);
            }

            CredentialFile.Renew(files, store, path, jwt, userKey);
        }
    }

    protected override void Stage(NatsKeyPair key)
    {
        store.Keys.RequireUnlocked();
        keys.Add(key);
    }

    protected override void Discard()
    {
        files.Dispose();
        keys.Dispose();
    }

    /// <summary>Returns a place that will be changed. Its folder is checked again just before the commit.</summary>
    private string Inside(string place)
    {
        folders.Add(Path.GetDirectoryName(place)!);
        return store.RequireInside(place);
    }
}
