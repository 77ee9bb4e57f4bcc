using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>Reads entities one after the other: one that cannot be read is an error, and the rest goes on.</summary>
/// <param name="cmdlet">The cmdlet that works.</param>
internal sealed class EntityReader(NatsCmdlet cmdlet)
{
    /// <summary>The operator that was named, or all that can be read.</summary>
    public IEnumerable<NatsEntity> Operators(OperatorArgument? named) => named is not null
        ? [OperatorArgument.Resolve(named, cmdlet.Stores.Open)]
        : Children(cmdlet.Stores.Open(), parent: null);

    /// <summary>The account that was named, or all of the operators that can be read.</summary>
    public IEnumerable<NatsAccount> Accounts(AccountArgument? named, OperatorArgument? above) => named is not null
        ? [AccountArgument.Resolve(named, above, cmdlet.Stores.Open)]
        : Operators(above).SelectMany(AccountsOf);

    /// <summary>The accounts of an operator that can be read.</summary>
    public IEnumerable<NatsAccount> AccountsOf(NatsEntity above) => Children(above.Store, above).Cast<NatsAccount>();

    /// <summary>The entities below a place that can be read.</summary>
    public IEnumerable<NatsEntity> Children(NatsStore store, NatsEntity? parent)
    {
        foreach (string name in store.Names(parent?.Path))
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
