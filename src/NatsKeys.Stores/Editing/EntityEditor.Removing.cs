using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

public sealed partial class EntityEditor
{
    /// <summary>
    /// Removes an entity. A user is revoked by its account first, so that its credentials are of no use once servers know the account.
    /// </summary>
    /// <param name="path">The entity.</param>
    /// <param name="request">How it is removed.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityInUse"/>: something lies below it, or it is the system account; or it is not there, or its account cannot be
    /// signed.
    /// </exception>
    public EntityRemoval Remove(EntityPath path, RemovalRequest request) => Conflicts.Retry(() =>
    {
        NatsStore store = Store;
        using StoreChange edit = Begin();
        NatsEntity? entity = Read(store, path, request);
        EntityPath stored = entity?.Path ?? path;
        EntityPath[] below = [.. Below(store, stored)];
        RequireUnused(entity, below, request);

        var removal = new EntityRemoval(stored, entity?.Subject)
        {
            Below = below,
            Importers = entity is NatsAccount account ? Importers(account).ToArray() : Array.Empty<EntityPath>(),
            Revoked = entity is NatsUser user && !request.NoRevocation ? Revoke(edit, user, request) : null,
        };
        string[] keys = request.IncludeKeys ? [.. KeysOf(store, [stored, .. below])] : [];
        foreach (EntityPath gone in below.Append(stored))
        {
            edit.Delete(gone, request.IncludeKeys);
        }

        foreach (string key in keys)
        {
            edit.ForgetKey(key);
        }

        edit.Commit();
        return removal with { RemovedKeys = keys };
    });

    /// <summary>A file that cannot be read can be removed all the same, but nobody knows then which key it would take to revoke.</summary>
    private static NatsEntity? Read(NatsStore store, EntityPath path, RemovalRequest request)
    {
        try
        {
            return store.Get(path);
        }
        catch (NatsKeysException error) when (error.Path is not null && error.Code != ErrorCode.FileAccess)
        {
            return request.NoRevocation || path.Kind != EntityKind.User
                ? null
                : throw new NatsKeysException(
                    error.Code,
                    $"{error.Message} The key to revoke is therefore unknown.",
                    error) { Path = error.Path, Remedy = Remedy.RemoveUnrevoked };
        }
    }

    private static IEnumerable<EntityPath> Below(NatsStore store, EntityPath path) => path.Kind == EntityKind.User
        ? []
        : store.Names(path).Select(path.Child).SelectMany(child => Below(store, child).Append(child));

    private static void RequireUnused(NatsEntity? entity, EntityPath[] below, RemovalRequest request)
    {
        if (entity is NatsAccount { IsSystemAccount: true } account)
        {
            throw new NatsKeysException(
                ErrorCode.EntityInUse,
                $"The {account.Path} is the system account of its operator.")
            {
                Remedy = Remedy.ReplaceSystemAccount,
            };
        }

        if (below.Length > 0 && !request.Recurse)
        {
            throw new NatsKeysException(
                ErrorCode.EntityInUse,
                $"It has {below.Length} {(below.Length == 1 ? "child" : "children")}, such as the {below[0]}.")
            {
                Remedy = Remedy.RemoveChildren,
            };
        }
    }

    private NatsAccount? Revoke(StoreChange edit, NatsUser user, RemovalRequest request)
    {
        if (user.Jwt is null || user.Subject is null)
        {
            return null;
        }

        long upTo = Revocations.UpTo(Store.Clock.GetUtcNow(), user.IssuedAt).ToUnixTimeSeconds();
        EntityChange change = ChangeIn(
            edit,
            user.Path.Parent!,
            request.SigningKey,
            newKey: null,
            account => Revocations.Revoke(((NatsAccount)account).Claims.Revocations, user.Subject, upTo));
        return (NatsAccount)change.Entity;
    }

    private static IEnumerable<EntityPath> Importers(NatsAccount account) => account.Siblings()
        .Where(other => other.Claims.Imports.Any(import => import.Account == account.Subject))
        .Select(other => other.Path);

    /// <summary>The identity keys and listed signing keys of entities. Of those that cannot be read nobody knows them.</summary>
    private static IEnumerable<string> KeysOf(NatsStore store, IEnumerable<EntityPath> paths) => paths
        .Select(store.FindReadable).OfType<NatsEntity>()
        .SelectMany(entity => entity.Wanted.ListedKeys.Append(entity.Subject).OfType<string>())
        .Where(key => PublicNkey.TryGetType(key, out _) && store.Keys.Contains(key));
}
