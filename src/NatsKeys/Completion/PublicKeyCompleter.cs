using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the public keys whose seeds are in the key store.</summary>
public class PublicKeyCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter) =>
        store.Keys.PublicKeys().Select(key => (key, $"key in {store.Keys.Location}"));
}
