using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Opens the entities of a backup as a store for reading. Keys and credentials are left out.</summary>
internal static class BackupStore
{
    /// <summary>Whether a path is that of a backup.</summary>
    /// <param name="path">The path.</param>
    public static bool IsBackup(string path) => File.Exists(path) && BackupReader.IsBackup(path);

    /// <summary>Opens a backup and reads all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key that opens it; null to find it among <paramref name="keys"/>. The caller disposes it.</param>
    /// <param name="keys">The keys to search.</param>
    /// <param name="clock">The clock of the store.</param>
    /// <exception cref="NatsKeysException">The backup cannot be opened, or was altered.</exception>
    public static NatsStore Open(string path, NatsKeyPair? key, KeyStore keys, TimeProvider clock)
    {
        using BackupReader reader = BackupReader.OpenVerified(path, key, keys);

        // The reader clears its buffer, so the texts are copied.
        return new SnapshotStore(
            path, reader.Entries().OfType<BackupEntry.Entity>().Select(entity => (entity.Path, entity.Text.ToArray())), clock);
    }
}
