using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>
/// Completes the signing keys that a request may ask to sign: those above the entity that the command line names, or of all below the operator.
/// </summary>
public sealed class RequestSignerCompleter : SigningKeyCompleter
{
    // An operator that is named may be what is to be signed, or stand for all that is its.
    private protected override IEnumerable<EntityPath> Owners(NatsStore store, EntityPath? named) => named?.Kind switch
    {
        EntityKind.User => Accounts(store, named),
        EntityKind.Account => Operators(store, named),
        _ => Operators(store, named).Concat(Accounts(store, named)),
    };
}
