using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Nsc;

/// <summary>An entity that is to be imported, with its token as it stands.</summary>
internal sealed class EntityImport(NatsStore store, string file, EntityPath path, NatsJwt jwt, bool overwrite) : ImportItem(store, file)
{
    public EntityPath Path => path;

    public NatsJwt Jwt => jwt;

    public override bool IsNeeded()
    {
        if (Store.Load(path) is not { } kept)
        {
            return true;
        }

        if (kept.Path != path)
        {
            throw SourceFault.Of(ErrorCode.EntityExists, File, $"The names of the {path} and of the {kept.Path} in the store {Store.Location} differ in case alone");
        }

        if (kept.Document.Jwt == jwt.Token)
        {
            return false;
        }

        return overwrite
            ? true
            : throw SourceFault.Of(ErrorCode.EntityExists, File, $"The store {Store.Location} has another {path}, which is overwritten only when that is asked for");
    }

    public override NatsEntity Import()
    {
        using StoreChange turn = Store.BeginChange();
        if (path.Parent is { } parent && Store.Load(parent) is null)
        {
            throw SourceFault.Of(ErrorCode.EntityNotFound, File, $"The {parent} above the {path} is not in the store {Store.Location}");
        }

        if (!IsNeeded())
        {
            return Store.Get(path);
        }

        var document = new EntityDocument(jwt.Claims, jwt.Token);
        turn.Save(path, document);
        turn.Commit();
        return Store.Make(path, document, parent: null);
    }

    public override string ToString() => path.ToString();
}
