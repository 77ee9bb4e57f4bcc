using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>The entities that are to be imported, as far as they were found: each once, and none over somebody else of its name.</summary>
internal sealed class EntityPlan(NatsStore store, bool overwrite)
{
    private readonly LooseTokens loose = new(store);

    // By names that differ in more than case: two files of one entity must not replace each other.
    private readonly Dictionary<EntityPath, ImportedEntity> planned = [];

    /// <summary>Takes up an entity whose place is known.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityExists"/>: somebody else has that place.</exception>
    public ImportedEntity Add(string file, EntityPath path, NatsJwt jwt)
    {
        var item = new ImportedEntity(store, file, path, jwt, overwrite);
        if (Find(path) is { } other)
        {
            throw SourceFault.Of(ErrorCode.EntityExists, file, path == other.Path
                ? $"The {path} is also in '{other.File}', with another token"
                : $"The names of the {path} and of the {other.Path} in '{other.File}' differ only in case");
        }

        RequireRoom(item);
        planned.Add(path.Folded, item);
        loose.Add(path, jwt);
        return item;
    }

    /// <summary>Takes up an entity by its token alone; null where the very same was found already.</summary>
    /// <exception cref="NatsKeysException">Where it belongs is not known, or somebody else has that place.</exception>
    public ImportedEntity? AddLoose(string file, NatsJwt jwt)
    {
        EntityPath path = PlaceOf(jwt, file);
        return Find(path)?.Jwt.Token == jwt.Token ? null : Add(file, path, jwt);
    }

    /// <summary>The place of a token that lies by itself.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>: where it belongs is not known.
    /// </exception>
    public EntityPath PlaceOf(NatsJwt jwt, string file) => loose.PlaceOf(jwt, file);

    /// <summary>What was taken up for a place, under whatever case of the name.</summary>
    public ImportedEntity? Find(EntityPath path) => planned.GetValueOrDefault(path.Folded);

    /// <summary>Who has a place, under the name as it is or will be stored.</summary>
    public (EntityPath Path, string? Subject)? At(EntityPath path) =>
        Find(path) is { } item ? (item.Path, item.Jwt.Subject)
        : store.Load(path) is { } kept ? (kept.Path, kept.Document.Wanted.Subject)
        : null;

    /// <summary>
    /// An entity of the store that has the name but is somebody else is not written over, and what lies below it does not belong below that one.
    /// Where it is the same with another token, the item says so by itself when it is its turn.
    /// </summary>
    private void RequireRoom(ImportedEntity item)
    {
        if (store.Load(item.Path) is { } kept && (kept.Path != item.Path || (!overwrite && kept.Document.Wanted.Subject != item.Jwt.Subject)))
        {
            item.IsNeeded();
        }
    }
}
