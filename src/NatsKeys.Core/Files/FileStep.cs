using System.Security.Cryptography;

namespace NatsKeys.Files;

/// <summary>One step of a change of several files.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Path">The file or folder to which it is done; of a move the new place.</param>
/// <param name="Source">What is put or moved there.</param>
internal sealed record FileStep(FileAction Action, string Path, string? Source = null)
{
    /// <summary>Whether it can be seen that the step was done.</summary>
    public bool IsDone => Action switch
    {
        FileAction.Put => !File.Exists(Source),
        FileAction.Move => !System.IO.Path.Exists(Source) && System.IO.Path.Exists(Path),
        _ => false,
    };

    /// <summary>Does the step.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>; nothing has changed then.</exception>
    public void Do(bool isSecret)
    {
        switch (Action)
        {
            case FileAction.Put:
                Put(Source!, Path, isSecret);
                break;
            case FileAction.Delete:
                SafeFiles.Delete(Path);
                break;
            case FileAction.Prune:
                DeleteEmptyFolder(Path);
                break;
            default:
                Move(Source!, Path);
                break;
        }
    }

    /// <summary>
    /// Takes back the step, so that it can be done again: the file that came into its place is ready once more before the place is as it was.
    /// Should the process end here or the disk be full, the change can still be finished.
    /// </summary>
    public void Undo(byte[]? before, bool isSecret)
    {
        switch (Action)
        {
            case FileAction.Put when before is not null:
                byte[]? placed = SafeFiles.Read(Path);
                try
                {
                    SafeFiles.Write(Source!, placed, isSecret);
                    SafeFiles.Write(Path, before, isSecret);
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(placed);
                }

                break;
            case FileAction.Put:
                Move(Path, Source!);
                break;
            case FileAction.Delete when before is not null:
                SafeFiles.Write(Path, before, isSecret);
                break;
            case FileAction.Prune:
                SafeFiles.MakeFolder(Path, isSecret);
                break;
            case FileAction.Move:
                Move(Path, Source!);
                break;
        }
    }

    private static void Put(string ready, string path, bool isSecret) => SafeFiles.Guard(path, () =>
    {
        FileCreation.CreateFolder(System.IO.Path.GetDirectoryName(path)!, isSecret);
        File.Move(ready, path, overwrite: true);
    });

    /// <summary>What somebody else put into the folder stays, and the folder with it.</summary>
    private static void DeleteEmptyFolder(string path) => SafeFiles.Guard(path, () =>
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    });

    /// <summary>Nothing happens where there is nothing to move.</summary>
    private static void Move(string path, string target) => SafeFiles.Guard(path, () =>
    {
        if (Directory.Exists(path))
        {
            Directory.Move(path, target);
        }
        else if (File.Exists(path))
        {
            File.Move(path, target);
        }
    });
}
