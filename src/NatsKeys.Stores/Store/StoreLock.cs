using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>
/// The lock of a store on disk, which one writer holds at a time, across processes and threads. Readers do not ask for it: they see a file as
/// it was or as it is, never in between.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileLock held;
    private readonly string folder;
    private readonly string marker;
    private readonly HeldStores reentry;
    private bool isStore;

    private StoreLock(FileLock held, string folder, string marker, string identity)
    {
        (this.held, this.folder, this.marker) = (held, folder, marker);
        reentry = HeldStores.Enter(identity);
    }

    /// <summary>What the holder says in the lock.</summary>
    public FileLock File => held;

    /// <summary>Waits for the lock.</summary>
    /// <param name="folder">The store's folder; it is made when it is not there yet.</param>
    /// <param name="marker">The file that makes the folder a store.</param>
    /// <param name="identity">The one name of the folder.</param>
    /// <param name="clock">Clock used for timeouts.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    /// <param name="idle">Keeps the file of the lock for the next time; null where there is none.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>: another writer held it for too long.</exception>
    public static StoreLock Take(
        string folder, string marker, string identity, TimeProvider clock, CancellationToken cancellation, IdleLock? idle = null)
    {
        HeldStores.RequireOther(identity, folder);
        FileLock held = FileLock.Take(FileLock.PathIn(folder), "store", isSecret: false, isShared: false, clock, cancellation, idle);
        return new StoreLock(held, folder, marker, identity);
    }

    /// <summary>Takes the lock if it is free; null if it is held, or if this process may not change the store.</summary>
    public static StoreLock? TryTake(string folder, string marker, string identity) =>
        FileLock.TryTake(FileLock.PathIn(folder)) is { } held ? new StoreLock(held, folder, marker, identity) : null;

    /// <summary>Knows that the folder is a store by now.</summary>
    public void KnowStore() => isStore = true;

    /// <summary>Hands the lock on. Only what never became a store goes again, with the file.</summary>
    public void Dispose()
    {
        reentry.Dispose();
        try
        {
            if (!isStore && !System.IO.Path.Exists(marker) && held.Journal is null)
            {
                held.Delete();
                Directory.Delete(folder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder contains something else, another process is creating the store, or the parent folder cannot be changed.
        }
        finally
        {
            held.Dispose();
        }
    }
}
