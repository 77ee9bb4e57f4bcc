namespace NatsKeys.Files;

/// <summary>
/// A file with secrets that is written bit by bit: for its owner alone, beside the place where it goes once it is whole. One that is given up
/// leaves nothing behind.
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

    /// <summary>Puts the file into its place.</summary>
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
            // What could not be written to the end is given up, and whoever gave it up knows why.
        }

        staged.Dispose();
    }
}
