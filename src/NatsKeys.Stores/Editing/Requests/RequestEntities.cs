using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The entities of a request as the one who signs sees them: what is asked for as it shall be, and what stands above as its tokens have it. None of
/// them need be in a store of that machine.
/// </summary>
/// <param name="store">The store whose keys and clock are used.</param>
internal sealed class RequestEntities(NatsStore store)
{
    private readonly Dictionary<EntityPath, NatsEntity> entities = [];

    /// <summary>The entity at a place; null when the request has none.</summary>
    public NatsEntity? Find(EntityPath path) => entities.GetValueOrDefault(path.Folded);

    /// <summary>An entity below those that are here, which it does not join yet.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidRequest"/>: what stands above it is not here.</exception>
    public NatsEntity Make(EntityPath path, EntityDocument document) => store.Make(path, document, path.Parent is { } above
        ? Find(above) ?? throw new NatsKeysException(ErrorCode.InvalidRequest, $"It contains the {path} without the {above}.")
        : null);

    /// <summary>Takes an entity in.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidRequest"/>: another one has its place.</exception>
    public NatsEntity Add(NatsEntity entity) => entities.TryAdd(entity.Path.Folded, entity)
        ? entity
        : throw new NatsKeysException(ErrorCode.InvalidRequest, $"It contains the {entity.Path} twice.");

    /// <summary>Takes in what stands above something that is asked for.</summary>
    public NatsEntity Add(EntityPath path, NatsJwt token)
    {
        token.Claims.Freeze();
        return Add(Make(path, new EntityDocument(token.Claims, token.Token) { Unchecked = token }));
    }
}
