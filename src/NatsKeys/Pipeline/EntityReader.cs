using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Inspection;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>Reads entities one after the other. An entity that cannot be read is an error, and the others are still read.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class EntityReader(NatsCmdlet cmdlet)
{
    /// <summary>The named operator, those that match a wildcard, or all readable ones.</summary>
    public IEnumerable<NatsEntity> Operators(OperatorArgument? named)
    {
        if (named is null)
        {
            return Children(cmdlet.Stores.Open(), parent: null);
        }

        if (PatternOf(named) is not { } pattern)
        {
            return [OperatorArgument.Resolve(named, cmdlet.Stores.Open)];
        }

        NatsStore store = cmdlet.Stores.Open();
        return store.Find(new EntityPath(named.Name)) is { } exact ? [exact] : Children(store, parent: null, pattern.IsMatch);
    }

    /// <summary>The named account, those that match a wildcard, or all of the readable operators.</summary>
    public IEnumerable<NatsAccount> Accounts(AccountArgument? named, OperatorArgument? above)
    {
        if (named is null)
        {
            return Operators(above).SelectMany(AccountsOf);
        }

        if (PatternOf(named) is not { } pattern)
        {
            return [AccountArgument.Resolve(named, ((IEntityArgument)named).IsObject ? Literal(above) : above, cmdlet.Stores.Open)];
        }

        string name = ((IEntityArgument)named).Text!;
        return Operators(above).SelectMany(
            parent => Children(
                parent.Store,
                parent,
                own => own.Equals(name, StringComparison.OrdinalIgnoreCase) || pattern.IsMatch(own) || pattern.IsMatch($"{parent.Name}/{own}"))
                .Cast<NatsAccount>());
    }

    /// <summary>
    /// The accounts for several names and wildcards, each once. A name that does not exist is an error, and the others are still read.
    /// </summary>
    public IEnumerable<NatsAccount> Accounts(AccountArgument[]? named, OperatorArgument? above)
    {
        if (named is not { Length: > 1 })
        {
            return Accounts(named?[0], above);
        }

        List<NatsAccount> found = [];
        foreach (AccountArgument account in named)
        {
            cmdlet.Errors.Try(() => found.AddRange(Accounts(account, above)), account);
        }

        return found.DistinctBy(account => (account.Store, account.Path));
    }

    /// <summary>The signing keys of an account, of an operator and its accounts, or of all readable entities.</summary>
    /// <param name="scope">The account or operator; null for all.</param>
    public IEnumerable<NatsSigningKey> SigningKeys(NatsEntity? scope) => scope is NatsAccount
        ? SigningKeyLookup.SigningKeysOf(scope)
        : SigningKeyLookup.Owners(scope?.Store ?? cmdlet.Stores.Open(), scope?.Name, cmdlet.Errors.WriteUnreadable)
            .SelectMany(SigningKeyLookup.SigningKeysOf);

    /// <summary>The operator, account or user of a name, in this order; null if there is none.</summary>
    /// <param name="name">The name, or the names from an operator or account down.</param>
    /// <param name="scope">The account or operator in which it is searched; null for all.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityAmbiguous"/>: several accounts or users have the name.</exception>
    public NatsEntity? Named(string name, NatsEntity? scope)
    {
        NatsStore store = scope?.Store ?? cmdlet.Stores.Open();
        Func<EntityPath>[] places =
        [
            () => store.LocateOperator(name), () => store.LocateAccount(scope?.Path.Operator, name),
            () => store.LocateUser(name, scope is NatsAccount ? scope.Path : null, scope?.Path.Operator),
        ];
        return places.Select(Find).FirstOrDefault(found => found is not null);

        NatsEntity? Find(Func<EntityPath> place)
        {
            try
            {
                return store.Find(place());
            }
            catch (NatsKeysException error) when (error.Code is ErrorCode.EntityNotFound or ErrorCode.InvalidName)
            {
                return null;
            }
        }
    }

    /// <summary>The object or plain name to which other objects must belong; null for a wildcard, which names no single entity.</summary>
    public static T? Literal<T>(T? named)
        where T : class, IEntityArgument => named is null || PatternOf(named) is not null ? null : named;

    /// <summary>The wildcard pattern of a name; null for objects and plain names.</summary>
    private static WildcardPattern? PatternOf(IEntityArgument named) => named.Text is { } name && WildcardPattern.ContainsWildcardCharacters(name)
        ? NamePattern.Of(name)
        : null;

    /// <summary>The readable accounts of an operator.</summary>
    public IEnumerable<NatsAccount> AccountsOf(NatsEntity above) => Children(above.Store, above).Cast<NatsAccount>();

    /// <summary>The readable children of an entity.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parent">The entity; null for the operators.</param>
    /// <param name="isWanted">Selects names, so that other files are not read; null for all.</param>
    public IEnumerable<NatsEntity> Children(NatsStore store, NatsEntity? parent, Func<string, bool>? isWanted = null)
    {
        foreach (string name in store.Ahead(parent?.Path, store.Names(parent?.Path).Where(name => isWanted?.Invoke(name) != false)))
        {
            NatsEntity? found = null;
            cmdlet.Errors.Try(() => found = store.Find(parent?.Path.Child(name) ?? new EntityPath(name)), name);
            if (found is not null)
            {
                yield return found;
            }
        }
    }
}
