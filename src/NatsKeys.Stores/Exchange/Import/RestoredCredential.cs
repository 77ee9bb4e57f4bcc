using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Credentials to restore to where the store keeps those of their user.</summary>
internal sealed class RestoredCredential(NatsStore store, string file, EntityPath user, string target, byte[] content, bool overwrite)
    : ImportedCredential(store, file, user, target, overwrite)
{
    private protected override byte[] Read() => [.. content];
}
