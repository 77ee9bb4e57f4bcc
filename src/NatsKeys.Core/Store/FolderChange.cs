using NatsKeys.Credentials;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Changes of a store on disk: files that are made ready and then put into place together.</summary>
internal sealed class FolderChange(FolderStore store, FileTransaction files, IDisposable turn) : StoreChange(store, turn)
{
    private readonly List<EntityPath> placed = [];
    private readonly List<NatsKeyPair> keys = [];
    private readonly List<Action> settle = [];

    public override void SaveText(EntityPath path, byte[] text)
    {
        placed.Add(path);
        files.Write(store.Layout.FileOf(path), text);
    }

    public override void Delete(EntityPath path, bool includeCredentials)
    {
        EntityPath stored = store.Stored(path);
        files.Delete(store.Layout.FileOf(stored));
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
        files.Move(store.Layout.PlaceOf(path), store.Layout.PlaceOf(target));
        CredentialFile.Move(files, store, path, target);
    }

    public override void ForgetKey(string publicKey) => store.FolderKeys.Forget(files, publicKey);

    public override void Commit()
    {
        // The default store comes into being with its first entity.
        store.MakeMarker();
        if (files.Commit() is { } notice)
        {
            store.Notice(notice);
        }

        store.Placed(placed);
        settle.ForEach(action => action());
    }

    protected override void Stage(EntityPath path, EntityDocument document)
    {
        placed.Add(path);
        string file = store.Layout.FileOf(path);
        files.Write(file, EntityFile.Encode(files.Read(file), document, path.Kind));
        if (document.Jwt is { } jwt && path.Kind == EntityKind.User)
        {
            CredentialFile.Renew(files, store, path, document.Wanted.Subject, jwt);
        }
    }

    protected override void Stage(NatsKeyPair key)
    {
        NatsKeyPair own = key.Copy();
        keys.Add(own);
        settle.Add(store.FolderKeys.Keep(files, own));
    }

    protected override void Discard()
    {
        files.Dispose();
        keys.ForEach(key => key.Dispose());
    }
}
