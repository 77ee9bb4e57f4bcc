namespace NatsKeys.Files;

/// <summary>
/// A file with secrets that is written bit by bit: for its owner alone, beside the place where it goes once it is whole. One that is given up
/// leaves nothing behind.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private readonly FileStream stream;

    public PendingFile(string path)
    {
        this.path = path;
        string folder = Path.GetDirectoryName(path)!;
        temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        stream = SafeFiles.Guarded(path, "written", () =>
        {
            FileCreation.CreateFolder(folder, secret: true);
            return FileCreation.Create(temporary, secret: true);
        });
    }

    public Stream Stream => stream;

    /// <summary>Puts the file into its place.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public void Complete(bool overwrite) => SafeFiles.Guard(path, () =>
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        SafeFiles.Place(temporary, path, overwrite);
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

        SafeFiles.TryDelete(temporary);
    }
}
