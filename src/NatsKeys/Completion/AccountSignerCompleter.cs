using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the signing keys that can sign a user or an activation: those of the account, and their roles.</summary>
public sealed class AccountSignerCompleter : SigningKeyCompleter
{
    private protected override IEnumerable<EntityPath> Owners(NatsStore store, EntityPath? named) => Accounts(store, named);
}
