using System.Collections;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the public keys of operators and accounts whose seeds are not in the key root, because these keys are kept elsewhere.</summary>
public sealed class RemoteKeyCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter) =>
        store.Names().Select(name => new EntityPath(name)).Concat(store.AccountPaths(null))
            .Select(store.FindReadable).OfType<NatsEntity>()
            .SelectMany(KeysOf)
            .Where(found => PublicNkey.TryGetType(found.Key, out _) && !store.Keys.Contains(found.Key));

    private static IEnumerable<(string Key, string What)> KeysOf(NatsEntity owner) =>
        ((owner as NatsAccount)?.GetSigningKeys() ?? ((NatsOperator)owner).GetSigningKeys())
            .Select(key => (key.PublicKey, $"signing key of {owner.Path}"))
            .Prepend((owner.Subject ?? "", $"identity key of {owner.Path}"));
}
