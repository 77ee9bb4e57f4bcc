using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the public keys whose seeds the key store has.</summary>
public sealed class PublicKeyCompleter : NameCompleter
{
    private const int Most = 200;

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, bool plain) =>
        store.Keys.PublicKeys().Take(Most).Select(key => (key, $"key in {store.Keys.Location}"));
}
