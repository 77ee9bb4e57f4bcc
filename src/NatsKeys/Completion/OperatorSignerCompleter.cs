using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the signing keys that can sign an operator or account: those of the operator.</summary>
public sealed class OperatorSignerCompleter : SigningKeyCompleter
{
    private protected override IEnumerable<EntityPath> Owners(NatsStore store, EntityPath? named) => Operators(store, named);
}
