using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// Finds the places of tokens that lie by themselves: below the entity that is named as the one in whose name they were signed, or that
/// has or lists the key that signed them.
/// </summary>
internal sealed class LooseTokens(NatsStore store)
{
    // The entities that may sign, by their keys: those that are about to be imported, and those of the store, which are read when a token needs them.
    private readonly Dictionary<string, HashSet<EntityPath>> added = new(StringComparer.Ordinal);
    private Dictionary<string, HashSet<EntityPath>>? stored;

    /// <summary>The place of a token.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>: where it belongs is not known.
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

    /// <summary>Remembers an entity that is about to be imported.</summary>
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
            // What cannot be read has no keys that are known; the token that needs it says so.
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
