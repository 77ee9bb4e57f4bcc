using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the signing keys of the account or operator on the command line, or of all.</summary>
public sealed class ListedKeyCompleter : SigningKeyCompleter
{
    private protected override IEnumerable<EntityPath> Owners(NatsStore store, EntityPath? named) => named switch
    {
        null => Operators(store, named).Concat(Accounts(store, named)),
        { Kind: EntityKind.Operator } => [named],
        _ => Accounts(store, named),
    };
}
