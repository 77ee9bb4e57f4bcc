using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>
/// The lock of a store on disk, which one writer holds at a time, across processes and threads. Readers do not need it: they see a file as it was or
/// as it is, never in between.
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

    /// <summary>The file of the lock, with the record of its holder.</summary>
    public FileLock File => held;

    /// <summary>Waits for the lock.</summary>
    /// <param name="folder">The store's folder, which is created if it does not exist.</param>
    /// <param name="marker">The file that makes the folder a store.</param>
    /// <param name="identity">The canonical name of the folder.</param>
    /// <param name="clock">Clock used for timeouts.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    /// <param name="idle">Keeps the lock file open for the next time; null to close it.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>: another writer held it for too long.</exception>
    public static StoreLock Take(
        string folder, string marker, string identity, TimeProvider clock, CancellationToken cancellation, IdleLock? idle = null)
    {
        HeldStores.RequireOther(identity, folder);
        FileLock held = FileLock.Take(LockFile.PathIn(folder), "store", isSecret: false, isShared: false, clock, cancellation, idle);
        return new StoreLock(held, folder, marker, identity);
    }

    /// <summary>Takes the lock if it is free; null if it is held, or if this process may not change the store.</summary>
    public static StoreLock? TryTake(string folder, string marker, string identity) =>
        FileLock.TryTake(LockFile.PathIn(folder)) is { } held ? new StoreLock(held, folder, marker, identity) : null;

    /// <summary>Records that the folder is a store now, so that it is kept.</summary>
    public void KnowStore() => isStore = true;

    /// <summary>Releases the lock. A folder that never became a store is removed together with the lock file.</summary>
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
