using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// Finds the parents of tokens outside of nsc's folders. The parent is the issuer account that the token names, or the entity that has or lists the
/// key that signed it.
/// </summary>
internal sealed class LooseTokens(NatsStore store)
{
    // Possible parents by their keys: entities to import, and entities of the store, which are read only when a token needs them.
    private readonly Dictionary<string, HashSet<EntityPath>> added = new(StringComparer.Ordinal);
    private Dictionary<string, HashSet<EntityPath>>? stored;

    /// <summary>The path of a token.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>: the parent is unknown.
    /// </exception>
    public EntityPath PlaceOf(NatsJwt jwt, string file)
    {
        if (jwt.Kind is not (ClaimKind.Operator or ClaimKind.Account or ClaimKind.User))
        {
            throw SourceFault.Of(
                ErrorCode.TokenUnsupported,
                file,
                $"It holds a token of kind {jwt.Claims.KindText ?? "generic"}. A store only has operators, accounts and users");
        }

        SourceFault.CheckName(jwt.Name, file);
        if (jwt.Kind == ClaimKind.Operator)
        {
            return new EntityPath(jwt.Name!);
        }

        string signer = jwt.IssuerAccount ?? jwt.Issuer!;
        string above = jwt.Kind == ClaimKind.Account ? "operator" : "account";
        stored ??= Index();
        return added.GetValueOrDefault(signer, []).Union(stored.GetValueOrDefault(signer, [])).ToArray() switch
        {
            [var only] => only.Child(jwt.Name!),
            [] => throw SourceFault.Of(
                ErrorCode.EntityNotFound,
                file,
                $"Its {jwt.Claims.KindText} '{jwt.Name}' was signed by {signer}, which is not a key of any {above} that is imported or in the store "
                    + $"{store.Location}"),
            var several => throw SourceFault.Of(
                ErrorCode.EntityAmbiguous, file,
                $"Its {jwt.Claims.KindText} '{jwt.Name}' was signed by {signer}, which is a key of "
                    + $"{string.Join<EntityPath>(" and of ", several.Take(3))}"),
        };
    }

    /// <summary>Adds an entity to import as a possible parent.</summary>
    public void Add(EntityPath path, NatsJwt jwt)
    {
        foreach (string key in path.Kind == EntityKind.User ? [] : jwt.SigningKeys.Append(jwt.Subject!))
        {
            Add(added, key, path);
        }
    }

    private Dictionary<string, HashSet<EntityPath>> Index()
    {
        var index = new Dictionary<string, HashSet<EntityPath>>(StringComparer.Ordinal);
        foreach (EntityPath path in store.Names().Select(name => new EntityPath(name)).Concat(store.AccountPaths(operatorName: null)))
        {
            // The keys of an unreadable entity are unknown. A token that needs one of them reports the error.
            NatsEntity? entity = store.FindReadable(path);
            foreach (string key in entity?.Wanted.ListedKeys.Append(entity.Subject).OfType<string>() ?? [])
            {
                Add(index, key, path);
            }
        }

        return index;
    }

    private static void Add(Dictionary<string, HashSet<EntityPath>> index, string key, EntityPath path)
    {
        if (!index.TryGetValue(key, out HashSet<EntityPath>? paths))
        {
            index[key] = paths = [];
        }

        paths.Add(path);
    }
}
