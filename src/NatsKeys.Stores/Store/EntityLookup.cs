using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>Finds an entity by its name, or the only one if no name is given. No current entity is remembered.</summary>
internal static class EntityLookup
{
    private const string Account = "account";

    /// <summary>Finds the operator with a name, or the only operator.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Its name; null for the only one.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public static NatsOperator FindOperator(this NatsStore store, string? name)
    {
        EntityPath path = name is not null
            ? store.LocateOperator(name)
            : Only(EntityKind.Operator, [.. store.Names().Select(found => new EntityPath(found))], "operator", store, Remedy.NameOperator);
        return store.GetShared<NatsOperator>(path);
    }

    /// <summary>Reads the newest state of an entity.</summary>
    /// <typeparam name="TEntity">The kind of entity.</typeparam>
    /// <param name="entity">The entity as it was read before.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>: it no longer exists; or its file cannot be read.</exception>
    internal static TEntity Newest<TEntity>(this TEntity entity)
        where TEntity : NatsEntity => entity.Store.Get<TEntity>(entity.Path);

    /// <summary>Gets the place of an operator, spelled as it is stored. The operator need not exist.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Its name.</param>
    public static EntityPath LocateOperator(this NatsStore store, string name) => store.Stored(new EntityPath(name));

    /// <summary>Finds the account with a name, or the only account.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The name of its operator; null to search all operators.</param>
    /// <param name="name">Its name, or <c>operator/account</c>; null for the only one.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public static NatsAccount FindAccount(this NatsStore store, string? operatorName, string? name) =>
        store.GetShared<NatsAccount>(store.LocateAccount(operatorName, name));

    /// <summary>
    /// Gets the place of an account by its name, or of the only account, spelled as it is stored. No file is read. If the name is complete, the
    /// account need not exist.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The name of its operator; null to search all operators.</param>
    /// <param name="name">Its name, or <c>operator/account</c>; null for the only one.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public static EntityPath LocateAccount(this NatsStore store, string? operatorName, string? name)
    {
        if (name?.Split('/') is [var above, var own])
        {
            if (operatorName is not null && !operatorName.Equals(above, StringComparison.OrdinalIgnoreCase))
            {
                throw new NatsKeysException(
                    ErrorCode.EntityAmbiguous, $"The account '{name}' does not belong to the operator '{operatorName}'. Specify one of the two.");
            }

            return store.Stored(new EntityPath(above, own));
        }

        if (operatorName is not null && name is not null)
        {
            return store.Stored(new EntityPath(operatorName, name));
        }

        EntityPath[] all = [.. store.AccountPaths(operatorName)];
        EntityPath[] candidates = [.. all.Where(path => name is null || path.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return Only(
            EntityKind.Account,
            candidates,
            name is null ? Account : $"account '{name}'",
            store,
            Remedy.NameAccount,
            name is null ? "" : Spelling.Suggest(name, all.Select(path => path.Name)));
    }

    /// <summary>Finds the account of an operator with a public key; null if there is none among those whose files can be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The name of the operator.</param>
    /// <param name="publicKey">The public key.</param>
    public static NatsAccount? FindAccountByKey(this NatsStore store, string operatorName, string publicKey) =>
        store.FindAccountPath(operatorName, publicKey) is { } path ? store.FindReadable(path) as NatsAccount : null;

    /// <summary>Finds the place of the operator's account with a public key; null if there is none among those whose files can be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The name of the operator.</param>
    /// <param name="publicKey">The public key.</param>
    internal static EntityPath? FindAccountPath(this NatsStore store, string operatorName, string publicKey) =>
        store.AccountPaths(operatorName).FirstOrDefault(path => SubjectOf(store, path) == publicKey);

    /// <summary>Gets the places of accounts.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The name of their operator; null for the accounts of all operators.</param>
    public static IEnumerable<EntityPath> AccountPaths(this NatsStore store, string? operatorName) =>
        (operatorName is null ? store.Names().Select(name => new EntityPath(name)) : [store.LocateOperator(operatorName)])
            .SelectMany(path => store.Names(path).Select(path.Child));

    /// <summary>Finds the user with a name.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Its name, <c>account/user</c> or <c>operator/account/user</c>.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public static NatsUser FindUser(this NatsStore store, string name) => store.Get<NatsUser>(store.LocateUser(name));

    /// <summary>
    /// Gets the place of a user by its name, spelled as it is stored. No file is read. If the name is complete, the user need not exist.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Its name, <c>account/user</c> or <c>operator/account/user</c>.</param>
    /// <param name="account">Its account; null to search all accounts.</param>
    /// <param name="operatorName">The name of its operator; null to search all operators.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public static EntityPath LocateUser(this NatsStore store, string name, EntityPath? account = null, string? operatorName = null)
    {
        switch (name.Split('/'))
        {
            case [var first, var second, var own]:
                return store.Stored(new EntityPath(first, second, own));
            case [var above, var own]:
                return store.Stored(store.LocateAccount(account?.Operator ?? operatorName, above).Child(own));
            case [_] when account is not null:
                return store.Stored(account.Child(name));
            default:
                EntityPath[] all = [.. store.AccountPaths(operatorName).SelectMany(above => store.Names(above).Select(above.Child))];
                EntityPath[] candidates = [.. all.Where(path => path.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
                return Only(
                    EntityKind.User,
                    candidates,
                    $"user '{name}'",
                    store,
                    remedy: null,
                    Spelling.Suggest(name, all.Select(path => path.Name)),
                    " Specify one as account/user.");
        }
    }

    // Accounts are few and looked up often, so they are read again only after a change.
    private static string? SubjectOf(NatsStore store, EntityPath path)
    {
        try
        {
            return store.GetShared(path).Subject;
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    private static EntityPath Only(
        EntityKind kind, EntityPath[] candidates, string what, NatsStore store, Remedy? remedy, string suggestion = "", string? how = null) =>
        candidates switch
        {
            [var only] => only,
            [] => throw store.Missing(kind, what, suggestion, what == Account ? Remedy.CreateAccount : null),
            _ => throw new NatsKeysException(
                ErrorCode.EntityAmbiguous,
                $"There is more than one {what}: {string.Join<EntityPath>(", ", candidates.Take(5))}{(candidates.Length > 5 ? ", …" : "")}.{how}")
            {
                Remedy = remedy,
            },
        };
}
