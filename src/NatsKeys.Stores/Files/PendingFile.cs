namespace NatsKeys.Files;

/// <summary>
/// A file with secrets that is written incrementally: to a temporary file to which only the owner has access, which is moved into place when it is
/// complete. It is deleted if it is disposed before that.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    private readonly string path;
    private readonly StagedFile staged;
    private readonly FileStream stream;

    public PendingFile(string path, Staging? staging)
    {
        this.path = path;
        staged = Staging.Stage(staging, path, isSecret: true);
        try
        {
            stream = SafeFiles.Guarded(
                path, "written", () => FileCreation.OpenIn(staged.Path, secret: true, secretFolder: true, FileMode.CreateNew, FileShare.None));
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    public Stream Stream => stream;

    /// <summary>Flushes the file and moves it into place.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public void Complete(bool overwrite) => SafeFiles.Guard(path, () =>
    {
        stream.Flush();
        Disk.Current.Flush(staged.Path, stream.SafeFileHandle);
        stream.Dispose();
        staged.Place(path, overwrite, isFolderSecret: true);
        FlushQueue.FlushFolders([path]);
    });

    public void Dispose()
    {
        try
        {
            stream.Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The incomplete file is discarded, and the caller already knows why.
        }

        staged.Dispose();
    }
}
