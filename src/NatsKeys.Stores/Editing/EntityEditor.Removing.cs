using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>
    /// Removes an entity. A user is also revoked, so that its credentials stop working as soon as servers have the new account token.
    /// </summary>
    /// <param name="path">The entity.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityInUse"/>: it has children, or is the system account; or it does not exist, or its account cannot be signed.
    /// </exception>
    public EntityRemovalResult Remove(EntityPath path, EntityRemovalRequest request) => Conflicts.Retry(() =>
    {
        NatsStore store = Store;
        using StoreTransaction edit = Begin();
        NatsEntity? entity = Read(store, path, request);
        EntityPath stored = entity?.Path ?? path;
        EntityPath[] below = [.. Below(store, stored)];
        RequireUnused(path, entity, below, request);

        var removal = new EntityRemovalResult(stored, entity?.Subject)
        {
            Below = below,
            Importers = entity is NatsAccount account ? Importers(account).ToArray() : Array.Empty<EntityPath>(),
            RevokedIn = entity is NatsUser user && !request.NoRevocation ? Revoke(edit, user, request) : null,
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

    /// <summary>Throws what <see cref="Remove"/> would throw because of what there is, so that nobody is asked for what fails.</summary>
    /// <param name="path">The place of the entity.</param>
    /// <param name="request">What is removed.</param>
    internal void RequireRemovable(EntityPath path, EntityRemovalRequest request)
    {
        NatsEntity? entity = Read(Store, path, request);
        RequireUnused(path, entity, [.. Below(Store, entity?.Path ?? path)], request);
    }

    /// <summary>
    /// Reads the entity; null if its file cannot be read. Such an entity can be removed, but its key cannot be revoked because it is unknown.
    /// </summary>
    private static NatsEntity? Read(NatsStore store, EntityPath path, EntityRemovalRequest request)
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

    private static void RequireUnused(EntityPath path, NatsEntity? entity, EntityPath[] below, EntityRemovalRequest request)
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
                $"The {path} is not empty: it has the {ShortList.Of([below[0].ToString()], below.Length - 1)}.")
            {
                Remedy = Remedy.RemoveChildren,
            };
        }
    }

    private NatsAccount? Revoke(StoreTransaction edit, NatsUser user, EntityRemovalRequest request)
    {
        if (user.Jwt is null || user.Subject is null)
        {
            return null;
        }

        long upTo = Revocations.UpTo(Store.Clock.GetUtcNow(), user.IssuedAt).ToUnixTimeSeconds();
        EntityChangeResult change = ChangeIn(
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

    /// <summary>
    /// Gets the identity keys and signing keys of entities. Entities that cannot be read are skipped, because their keys are unknown.
    /// </summary>
    private static IEnumerable<string> KeysOf(NatsStore store, IEnumerable<EntityPath> paths) => paths
        .Select(store.FindReadable).OfType<NatsEntity>()
        .SelectMany(entity => entity.Wanted.ListedKeys.Append(entity.Subject).OfType<string>())
        .Where(key => PublicNkey.TryGetType(key, out _) && store.Keys.Contains(key));
}
