using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>An item that cannot be imported, with its error.</summary>
internal sealed class FailedImport(NatsStore store, string file, NatsKeysException error) : ImportItem(store, file)
{
    public override bool IsNeeded() => throw error;

    public override NatsEntity? Import(CancellationToken cancellation = default) => throw error;

    public override string ToString() => File;
}
