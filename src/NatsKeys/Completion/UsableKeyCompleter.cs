using NatsKeys.KeySources;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the public keys whose private keys are available: in the key root, or in a source that lists its keys.</summary>
public sealed class UsableKeyCompleter : PublicKeyCompleter
{
    private protected override bool MayBePath => true;

    private protected override IEnumerable<(string Key, string ToolTip)> Keys(NatsStore store) =>
        SessionKeySources.Current
            .SelectMany(source => source.PublicKeys.Select(key => (key, $"key of {source.Name} ({source.Location})")))
            .Concat(base.Keys(store))
            .DistinctBy(found => found.Item1);
}
