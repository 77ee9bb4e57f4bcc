using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>A key to restore. It is disposed with this object.</summary>
internal sealed class RestoredKey(NatsStore store, string file, NatsKeyPair key) : ImportedKey(store, file), IDisposable
{
    public void Dispose() => key.Dispose();

    public override string ToString() => $"key {key.PublicKey}";

    private protected override NatsKeyPair Read() => key.Copy();
}
