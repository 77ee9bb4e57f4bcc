using System.Text;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Restores backups into a store. A backup that was altered or truncated yields one error, and nothing of it is restored.</summary>
internal sealed class BackupRestorer(NatsStore store, bool overwrite)
{
    /// <summary>The items to restore, in the order of the backup: each entity before its keys and its children.</summary>
    /// <param name="path">The path of the backup.</param>
    /// <param name="key">The key that opens it; null to use the key in the store's key store. The caller disposes it.</param>
    public IEnumerable<ImportItem> Items(string path, NatsKeyPair? key)
    {
        (BackupReader? opened, ImportItem? failed) = Open(path, key);
        using BackupReader? reader = opened;
        if (reader is null)
        {
            yield return failed!;
            yield break;
        }

        var left = new HashSet<EntityPath>();
        foreach (BackupEntry entry in reader.Entries())
        {
            ImportItem? item = ItemOf(path, entry, left);
            using var secret = item as IDisposable;
            if (item is not null)
            {
                yield return item;
            }
        }
    }

    /// <summary>Opens a backup and verifies all of it before anything is used.</summary>
    private (BackupReader? Reader, ImportItem? Failed) Open(string path, NatsKeyPair? key)
    {
        try
        {
            return (BackupReader.OpenVerified(path, key, store.Keys), null);
        }
        catch (NatsKeysException error)
        {
            return (null, new FailedImport(store, path, error));
        }
    }

    /// <summary>The item for an entry of the backup; null for entries below an entity that was refused.</summary>
    private ImportItem? ItemOf(string path, BackupEntry entry, HashSet<EntityPath> left) => entry switch
    {
        BackupEntry.Entity entity => IsBelow(entity.Path, left) ? null : ItemOf(path, entity, left),
        BackupEntry.Credential credential => IsBelow(credential.User, left) ? null : ItemOf(path, credential),
        BackupEntry.Rotations rotations => new RestoredRotations(store, path, rotations.Records),
        _ => new RestoredKey(store, path, ((BackupEntry.Key)entry).Pair),
    };

    private ImportItem ItemOf(string path, BackupEntry.Entity entity, HashSet<EntityPath> left)
    {
        var item = new RestoredEntity(store, path, entity.Path, entity.Text, overwrite);
        if (item.Refusal() is not { } error)
        {
            return item;
        }

        left.Add(entity.Path);
        return new FailedImport(store, path, entity.Path.Kind == EntityKind.User
            ? error
            : new NatsKeysException(error.Code, $"{error.Message} Its children are skipped, too.", error) { Path = path });
    }

    private static bool IsBelow(EntityPath path, HashSet<EntityPath> left) =>
        left.Contains(path) || (path.Parent is { } parent && IsBelow(parent, left));

    private ImportItem ItemOf(string path, BackupEntry.Credential credential)
    {
        if (CredentialFile.PlaceOf(store, credential.User) is { } target)
        {
            return new RestoredCredential(store, path, credential.User, target, credential.Content, overwrite);
        }

        // A store in memory has no place for credentials, so it only keeps their seed.
        char[] text = SecretArray.Of<char>(credential.Content.Length);
        try
        {
            Encoding.UTF8.GetChars(credential.Content, text);
            using NatsCredential read = CredentialFormat.Read(text);
            return new RestoredKey(store, path, read.KeyPair.Copy());
        }
        catch (NatsKeysException error)
        {
            return new FailedImport(
                store,
                path,
                SourceFault.Of(
                    error.Code, path, $"The credentials of {credential.User} in it have no usable seed: {error.Message.TrimEnd('.')}"));
        }
        finally
        {
            Array.Clear(text);
        }
    }
}
