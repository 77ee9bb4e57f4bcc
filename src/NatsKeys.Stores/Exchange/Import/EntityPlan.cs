using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>The entities that were found for import. Each appears once, and none replaces a different entity of the same name.</summary>
internal sealed class EntityPlan(NatsStore store, bool overwrite)
{
    private readonly LooseTokens loose = new(store);

    // Names are folded: two files whose names differ only in case must not overwrite each other.
    private readonly Dictionary<EntityPath, ImportedEntity> planned = [];

    /// <summary>Adds an entity whose path is known.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityExists"/>: a different entity has this path.</exception>
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

    /// <summary>Adds an entity by its token alone. Returns null if the same token was already added.</summary>
    /// <exception cref="NatsKeysException">The parent is unknown, or a different entity has the path.</exception>
    public ImportedEntity? AddLoose(string file, NatsJwt jwt)
    {
        EntityPath path = PlaceOf(jwt, file);
        return Find(path)?.Jwt.Token == jwt.Token ? null : Add(file, path, jwt);
    }

    /// <summary>The path of a token outside of nsc's folders.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>: the parent is unknown.
    /// </exception>
    public EntityPath PlaceOf(NatsJwt jwt, string file) => loose.PlaceOf(jwt, file);

    /// <summary>The planned entity at a path, ignoring case; null if there is none.</summary>
    public ImportedEntity? Find(EntityPath path) => planned.GetValueOrDefault(path.Folded);

    /// <summary>The entity that has a path now or after the import, under its stored name; null if there is none.</summary>
    public (EntityPath Path, string? Subject)? At(EntityPath path) =>
        Find(path) is { } item ? (item.Path, item.Jwt.Subject)
        : store.Load(path) is { } kept ? (kept.Path, kept.Document.Wanted.Subject)
        : null;

    /// <summary>
    /// Refuses a path at which the store has an entity with another subject: it is not replaced, and children of the imported entity do not belong to
    /// it. If the subject is the same and the token differs, the item itself reports this when it is imported.
    /// </summary>
    private void RequireRoom(ImportedEntity item)
    {
        if (store.Load(item.Path) is { } kept && (kept.Path != item.Path || (!overwrite && kept.Document.Wanted.Subject != item.Jwt.Subject)))
        {
            item.IsNeeded();
        }
    }
}
