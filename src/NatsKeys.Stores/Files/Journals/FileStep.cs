using System.Security.Cryptography;

namespace NatsKeys.Files;

/// <summary>One step of a change of several files.</summary>
/// <param name="Action">The action.</param>
/// <param name="Path">The file or folder that changes; the new path if it is moved.</param>
/// <param name="Source">The staged file, or the old path if it is moved.</param>
internal sealed record FileStep(FileAction Action, string Path, string? Source = null)
{
    /// <summary>The hash of the new content; null unless a file is put.</summary>
    public string? Content { get; init; }

    /// <summary>The hash of the previous content; null if there is none, or unless a file is put.</summary>
    public string? Before { get; init; }

    /// <summary>The paths that change.</summary>
    public IEnumerable<string> Places => Action == FileAction.Move ? [Path, Source!] : [Path];

    /// <summary>Whether the disk shows that the step was performed. False for deletions, which leave no trace.</summary>
    public bool IsDone => Action switch
    {
        FileAction.Put => !File.Exists(Source) && HashOf(Path) == Content,
        FileAction.Move => !System.IO.Path.Exists(Source) && System.IO.Path.Exists(Path),
        _ => false,
    };

    /// <summary>Returns the hash of content.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Returns the hash of a file; null if it does not exist.</summary>
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

    /// <summary>Performs the step.</summary>
    /// <param name="isSecret">Whether only the owner gets access to folders that are created.</param>
    /// <param name="kept">The path to which a replaced or deleted file is moved, so that the step can be undone; null not to keep it.</param>
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
    /// Undoes the step so that it can be performed again: the new content is staged again before the previous state is restored.
    /// If the process ends meanwhile or the disk is full, recovery can still finish the change.
    /// </summary>
    public void Undo(bool isSecret, string? kept)
    {
        // A cancelled caller must still be able to undo everything.
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
                // The folder is rarely missing, so it is not checked before the file is renamed.
                if (!UnixFile.TryRename(Source!, Path))
                {
                    FileCreation.CreateFolder(System.IO.Path.GetDirectoryName(Path)!, isSecret);
                    File.Move(Source!, Path, overwrite: true);
                }
            });
        });
    }

    /// <summary>Deletes a folder if it is empty. Files that others put there are kept, and so is the folder.</summary>
    private static void DeleteEmptyFolder(string path) => SafeFiles.Guard(path, () =>
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            BusyFile.DoToFolder(path, () => Directory.Delete(path));
        }
    });

    /// <summary>Moves a file or folder. Does nothing if it does not exist.</summary>
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
