using System.Security.Cryptography;

namespace NatsKeys.Files;

/// <summary>One step of a change of several files.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Path">The file or folder to which it is done; of a move the new place.</param>
/// <param name="Source">What is put or moved there.</param>
internal sealed record FileStep(FileAction Action, string Path, string? Source = null)
{
    /// <summary>The hash of what is put there; null for other steps.</summary>
    public string? Content { get; init; }

    /// <summary>The hash of what is there before; null where there is nothing, and where nothing is put.</summary>
    public string? Before { get; init; }

    /// <summary>The places at which something changes.</summary>
    public IEnumerable<string> Places => Action == FileAction.Move ? [Path, Source!] : [Path];

    /// <summary>Whether it can be seen that the step was done: the target has the content.</summary>
    public bool IsDone => Action switch
    {
        FileAction.Put => !File.Exists(Source) && HashOf(Path) == Content,
        FileAction.Move => !System.IO.Path.Exists(Source) && System.IO.Path.Exists(Path),
        _ => false,
    };

    /// <summary>The hash of a content.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The hash of a file; null where there is none.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public static string? HashOf(string path)
    {
        byte[]? content = SafeFiles.Read(path, FileKind.Replaced);
        try
        {
            return content is null ? null : HashOf(content.AsSpan());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Does the step.</summary>
    /// <param name="isSecret">Whether folders that are made are their owner's alone.</param>
    /// <param name="kept">Where what it replaces or deletes waits, in case that the step is undone; null where it is not to be kept.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>; nothing has changed then.</exception>
    public void Do(bool isSecret, string? kept = null)
    {
        switch (Action)
        {
            case FileAction.Put:
                Put(isSecret, kept);
                break;
            case FileAction.Delete when kept is not null:
                Move(Path, kept);
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
    /// Undoes the step, so that it can be done again: the file that came into its place is ready once more before the place is as it was.
    /// Should the process end here or the disk be full, the change can still be finished.
    /// </summary>
    public void Undo(bool isSecret, string? kept)
    {
        // Whoever was cancelled still takes back all that he began.
        using IDisposable waiting = BusyFile.CancelledBy(CancellationToken.None);
        switch (Action)
        {
            case FileAction.Put when kept is not null && File.Exists(kept):
                SafeFiles.Replace(kept, Path, Source!);
                break;
            case FileAction.Put:
                Move(Path, Source!);
                break;
            case FileAction.Delete when kept is not null:
                Move(kept, Path);
                break;
            case FileAction.Prune:
                SafeFiles.MakeFolder(Path, isSecret);
                break;
            case FileAction.Move:
                Move(Path, Source!);
                break;
        }
    }

    private void Put(bool isSecret, string? kept)
    {
        if (kept is not null && File.Exists(Path))
        {
            SafeFiles.Replace(Source!, Path, kept);
            return;
        }

        SafeFiles.Guard(Path, () =>
        {
            BusyFile.Do(Path, () =>
            {
                // The folder is nearly always there.
                if (!UnixFile.TryRename(Source!, Path))
                {
                    FileCreation.CreateFolder(System.IO.Path.GetDirectoryName(Path)!, isSecret);
                    File.Move(Source!, Path, overwrite: true);
                }
            });
        });
    }

    /// <summary>What somebody else put into the folder stays, and the folder with it.</summary>
    private static void DeleteEmptyFolder(string path) => SafeFiles.Guard(path, () =>
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            BusyFile.DoToFolder(path, () => Directory.Delete(path));
        }
    });

    /// <summary>Nothing happens where there is nothing to move.</summary>
    private static void Move(string path, string target) => SafeFiles.Guard(path, () =>
    {
        if (Directory.Exists(path))
        {
            BusyFile.DoToFolder(path, () => Directory.Move(path, target));
        }
        else if (File.Exists(path))
        {
            BusyFile.Do(path, () => File.Move(path, target));
        }
    });
}
