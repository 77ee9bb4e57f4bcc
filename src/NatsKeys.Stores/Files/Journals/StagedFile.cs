namespace NatsKeys.Files;

/// <summary>A staged file, which is moved to its target when it is complete, or deleted when it is disposed before that.</summary>
/// <param name="path">The path of the staged file.</param>
/// <param name="done">Called on disposal, after the file was moved or deleted.</param>
internal sealed class StagedFile(string path, Action? done = null) : IDisposable
{
    private bool isPlaced;

    public string Path => path;

    /// <summary>Creates a staged file beside its target. It must not contain a secret, because it is left behind if the process is killed.</summary>
    public static StagedFile Beside(string target) =>
        new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $".{UniqueName.Next()}.tmp"));

    /// <summary>Moves the file to its target.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/>.</exception>
    public void Place(string target, bool overwrite, bool isFolderSecret) => isPlaced = FileCreation.InFolderOf(target, isFolderSecret, () =>
    {
        SafeFiles.Place(path, target, overwrite);
        return true;
    });

    public void Dispose()
    {
        if (!isPlaced)
        {
            SafeFiles.TryDelete(path);
        }

        done?.Invoke();
    }
}
