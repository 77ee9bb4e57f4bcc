using NatsKeys.Exchange;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <content>Writes a store to a folder, with the files of the entities as they are: for version control, and to move out of a bucket.</content>
public sealed partial class ExportNatsStoreCommand
{
    /// <summary>
    /// Writes new entities to a folder that is already a store. With <c>-Force</c>, the folder becomes a mirror: changed entities are replaced, and
    /// those that no longer exist are removed.
    /// </summary>
    private void WriteFolder()
    {
        NatsStore store = Stores.Open();
        string folder = Paths.Full(Path);
        if (!ShouldProcess(folder, $"Write the entities of the store {store.Location} as files"))
        {
            return;
        }

        NatsStore target = Stores.FlushAtEnd(
            StoreRoots.IsStore(folder) ? StoreRoots.Open(folder, fullPath: Paths.Full) : StoreRoots.Create(folder, fullPath: Paths.Full));
        var copy = new StoreCopy(store, target);
        if (Force)
        {
            copy.FollowSpelling(Stopped);
        }

        var import = new StoreImporter(target, Force);
        import.Add(store);
        foreach (ImportItem item in import.Items().TakeWhile(_ => !Stopping))
        {
            Progress.Next(item);
            Try(() => _ = item.IsNeeded() ? item.Import(Stopped) : null, item);
        }

        if (Force && !Stopping)
        {
            copy.RemoveRest(Stopped);
        }

        if (PassThru)
        {
            Paths.WriteItem(folder);
        }
    }
}
