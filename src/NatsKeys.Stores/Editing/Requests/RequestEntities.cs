using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The entities of a request as the signer sees them: requested entities with their requested claims, and their parents with the claims of their
/// tokens. None of them need be in a store on this machine.
/// </summary>
/// <param name="store">The store whose keys and clock are used.</param>
internal sealed class RequestEntities(NatsStore store)
{
    private readonly Dictionary<EntityPath, NatsEntity> entities = [];

    /// <summary>Finds the entity at a place; null if the request does not contain it.</summary>
    public NatsEntity? Find(EntityPath path) => entities.GetValueOrDefault(path.Folded);

    /// <summary>Creates an entity below the entities of the request, without adding it.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidRequest"/>: the request does not contain its parent.</exception>
    public NatsEntity Make(EntityPath path, EntityDocument document) => store.Make(path, document, path.Parent is { } above
        ? Find(above) ?? throw new NatsKeysException(ErrorCode.InvalidRequest, $"It contains the {path} without the {above}.")
        : null);

    /// <summary>Adds an entity.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidRequest"/>: the request already contains an entity at its place.</exception>
    public NatsEntity Add(NatsEntity entity) => entities.TryAdd(entity.Path.Folded, entity)
        ? entity
        : throw new NatsKeysException(ErrorCode.InvalidRequest, $"It contains the {entity.Path} twice.");

    /// <summary>Adds the parent of a requested entity, as its token states it.</summary>
    public NatsEntity Add(EntityPath path, NatsJwt token)
    {
        token.Claims.Freeze();
        return Add(Make(path, new EntityDocument(token.Claims, token.Token) { Unchecked = token }));
    }
}
