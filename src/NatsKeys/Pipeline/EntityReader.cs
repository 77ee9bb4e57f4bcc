using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Inspection;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>Reads entities one after the other: one that cannot be read is an error, and the rest goes on.</summary>
/// <param name="cmdlet">The cmdlet that works.</param>
internal sealed class EntityReader(NatsCmdlet cmdlet)
{
    /// <summary>The operator that was named, those that a wildcard stands for, or all that can be read.</summary>
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

    /// <summary>The account that was named, those that a wildcard stands for, or all of the operators that can be read.</summary>
    public IEnumerable<NatsAccount> Accounts(AccountArgument? named, OperatorArgument? above)
    {
        if (named is null)
        {
            return Operators(above).SelectMany(AccountsOf);
        }

        if (PatternOf(named) is not { } pattern)
        {
            return [AccountArgument.Resolve(named, above, cmdlet.Stores.Open)];
        }

        string name = ((IEntityArgument)named).Text!;
        return Operators(above).SelectMany(
            parent => Children(
                parent.Store,
                parent,
                own => own.Equals(name, StringComparison.OrdinalIgnoreCase) || pattern.IsMatch(own) || pattern.IsMatch($"{parent.Name}/{own}"))
                .Cast<NatsAccount>());
    }

    /// <summary>The accounts of several names and wildcards, each once; a name that there is not is an error, and the rest goes on.</summary>
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

    /// <summary>The signing keys of an account, those of an operator and below it, or all that can be read.</summary>
    /// <param name="scope">The account or operator; null for all.</param>
    public IEnumerable<NatsSigningKey> SigningKeys(NatsEntity? scope) => scope is NatsAccount
        ? SigningKeyLookup.SigningKeysOf(scope)
        : SigningKeyLookup.Owners(scope?.Store ?? cmdlet.Stores.Open(), scope?.Name, cmdlet.Errors.WriteUnreadable)
            .SelectMany(SigningKeyLookup.SigningKeysOf);

    /// <summary>The wildcard that a name is; null for objects and other names.</summary>
    private static WildcardPattern? PatternOf(IEntityArgument named) => named.Text is { } name && WildcardPattern.ContainsWildcardCharacters(name)
        ? NamePattern.Of(name)
        : null;

    /// <summary>The accounts of an operator that can be read.</summary>
    public IEnumerable<NatsAccount> AccountsOf(NatsEntity above) => Children(above.Store, above).Cast<NatsAccount>();

    /// <summary>The entities below a place that can be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parent">The place; null for the operators.</param>
    /// <param name="isWanted">Which names are wanted, so that no other is read; null for all.</param>
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
