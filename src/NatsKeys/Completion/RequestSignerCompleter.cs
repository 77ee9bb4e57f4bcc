using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the signing keys for a request: those above the entity on the command line, or all of the operator and below it.</summary>
public sealed class RequestSignerCompleter : SigningKeyCompleter
{
    // A named operator may be the entity to sign, or only the scope.
    private protected override IEnumerable<EntityPath> Owners(NatsStore store, EntityPath? named) => named?.Kind switch
    {
        EntityKind.User => Accounts(store, named),
        EntityKind.Account => Operators(store, named),
        _ => Operators(store, named).Concat(Accounts(store, named)),
    };
}
