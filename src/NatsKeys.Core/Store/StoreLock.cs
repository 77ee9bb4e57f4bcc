using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>
/// The right to change a store on disk, which one writer has at a time, across processes. Readers do not ask for it: they see a file as
/// it was or as it is, never in between.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    public const string FileName = ".natskeys.lock";
    private readonly FileStream held;
    private readonly string marker;

    private StoreLock(FileStream held, string marker)
    {
        this.held = held;
        this.marker = marker;
    }

    /// <summary>Waits for the right.</summary>
    /// <param name="folder">The store's folder; it is made when it is not there yet.</param>
    /// <param name="marker">The file that makes the folder a store.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>: another writer had it for too long.</exception>
    public static StoreLock Take(string folder, string marker) =>
        new(FileLock.Take(Path.Combine(folder, FileName), "store", isSecret: false, isShared: false), marker);

    /// <summary>Takes the right if nobody has it; null if somebody does, or if this one may not change the store.</summary>
    public static StoreLock? TryTake(string folder, string marker) =>
        FileLock.TryTake(Path.Combine(folder, FileName)) is { } held ? new StoreLock(held, marker) : null;

    /// <summary>Hands the right on. Only what never became a store goes again, with the file.</summary>
    public void Dispose()
    {
        held.Dispose();
        if (!File.Exists(marker))
        {
            TryRemove(held.Name);
        }
    }

    private static void TryRemove(string path)
    {
        try
        {
            File.Delete(path);
            Directory.Delete(Path.GetDirectoryName(path)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Something else lies in the folder, somebody else is about to make the store, or the folder above is not ours to change.
        }
    }
}
