using NatsKeys.Exchange;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <content>Writes a backup: one sealed file.</content>
public sealed partial class ExportNatsStoreCommand
{
    private void WriteBackup()
    {
        NatsStore store = Stores.Open();
        using NatsKeyPair key = Recipient!.Resolve(Paths.Full);
        string recipient = key.PublicKey;
        using var writer = new BackupWriter(store, Paths.Full(Path), recipient, Force);
        if (!ShouldProcess(writer.Target, $"Write a backup of the store {store.Location} with its keys, sealed for {recipient}"))
        {
            return;
        }

        Stores.FlushAtEnd(store);
        writer.Begin(Stopped);
        EntityPath[] owners = [.. store.Names().Select(name => new EntityPath(name))];
        bool isWhole = true;
        foreach (EntityPath path in owners.TakeWhile(_ => !Stopping))
        {
            isWhole &= WriteBackup(store, writer, path);
        }

        isWhole &= WriteLeftKeys(store, writer, recipient);
        if (Stopping)
        {
            return;
        }

        if (!isWhole)
        {
            WriteWarning($"No backup was written to {writer.Target}, because it would lack the files that cannot be read.");
            return;
        }

        writer.Complete();
        WriteDoubts(store, owners, recipient);
        if (PassThru)
        {
            Paths.WriteItem(writer.Target);
        }
    }

    /// <summary>Writes an entity with its keys, and everything below it. Returns false if something could not be read.</summary>
    private bool WriteBackup(NatsStore store, BackupWriter writer, EntityPath path)
    {
        Progress.Next(path);
        IReadOnlyList<string> keys = [];
        bool isWhole = Errors.Tries(
            () =>
            {
                if (writer.WriteEntity(path) is { } found)
                {
                    keys = found;
                }
                else
                {
                    WriteWarning(
                        $"The file of {path} is not a valid entity file. It is in the backup unchanged. Keys that only this file names are included "
                            + "only with -AllKeys.");
                }
            },
            path);
        foreach (string key in keys)
        {
            isWhole &= Errors.Tries(() => writer.WriteKey(key), key);
        }

        if (path.Kind == EntityKind.User)
        {
            return isWhole & Errors.Tries(() => WriteCredential(writer, path), path);
        }

        foreach (string name in store.Ahead(path, store.Names(path)).TakeWhile(_ => !Stopping))
        {
            isWhole &= WriteBackup(store, writer, path.Child(name));
        }

        return isWhole;
    }

    private void WriteCredential(BackupWriter writer, EntityPath user)
    {
        if (!writer.WriteCredential(user))
        {
            WriteWarning($"The credentials stored for {user} belong to another user and were left out.");
        }
    }

    private bool WriteLeftKeys(NatsStore store, BackupWriter writer, string recipient)
    {
        bool isWhole = true;
        string[] left = [.. writer.UnwrittenKeys];
        foreach (string key in AllKeys ? left.TakeWhile(_ => !Stopping) : [])
        {
            isWhole &= Errors.Tries(() => writer.WriteKey(key), key);
        }

        int count = AllKeys ? 0 : left.Count(key => key != recipient);
        if (count > 0)
        {
            WriteWarning(
                $"Keys in {store.Keys.Location} that belong to no entity of the store were left out: {count}. Use -AllKeys to include them.");
        }

        return isWhole;
    }

    /// <summary>Warns of a backup that would be useless.</summary>
    private void WriteDoubts(NatsStore store, EntityPath[] owners, string recipient)
    {
        if (owners.Length == 0)
        {
            WriteWarning($"The store {store.Location} has no operator, so the backup contains no entities.");
        }

        if (store.Keys.Contains(recipient))
        {
            WriteWarning(
                $"The seed that opens the backup is stored in {store.Keys.Location}, together with the keys in the backup. Keep a copy elsewhere; "
                    + "the backup cannot be opened without it.");
        }
    }
}
