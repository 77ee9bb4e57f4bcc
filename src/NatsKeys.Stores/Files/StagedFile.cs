namespace NatsKeys.Files;

/// <summary>A file that waits for its place. One that is given up leaves nothing behind.</summary>
/// <param name="path">Where it waits.</param>
/// <param name="done">What is done once it waits no more.</param>
internal sealed class StagedFile(string path, Action? done = null) : IDisposable
{
    private bool isPlaced;

    public string Path => path;

    /// <summary>A file that waits beside its place. It holds no secret: whoever ends the process leaves it there.</summary>
    public static StagedFile Beside(string target) =>
        new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $".{UniqueName.Next()}.tmp"));

    /// <summary>Puts the file into its place.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/>.</exception>
    public void Place(string target, bool overwrite, bool isFolderSecret)
    {
        try
        {
            SafeFiles.Place(path, target, overwrite);
        }
        catch (DirectoryNotFoundException)
        {
            FileCreation.CreateFolder(System.IO.Path.GetDirectoryName(target)!, isFolderSecret);
            SafeFiles.Place(path, target, overwrite);
        }

        isPlaced = true;
    }

    public void Dispose()
    {
        if (!isPlaced)
        {
            SafeFiles.TryDelete(path);
        }

        done?.Invoke();
    }
}
