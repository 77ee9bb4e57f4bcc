namespace NatsKeys.Files;

/// <summary>
/// A folder of secrets that is in use. If it was removed or replaced, nothing more is written there, because a new folder would have neither the
/// secrets nor the protection of the original.
/// </summary>
internal sealed class KnownFolder
{
    private readonly string path;
    private readonly string[] parts;

    // Null until the folder is in use. Only Linux identifies the folder.
    private volatile Known? known;

    /// <param name="path">The folder.</param>
    /// <param name="parts">The paths of which at least one exists once the folder is in use.</param>
    public KnownFolder(string path, params string[] parts)
    {
        (this.path, this.parts) = (path, parts);
        Learn();
    }

    /// <summary>Remembers the folder's identity once the folder has content.</summary>
    public void Learn()
    {
        if (known is null && Array.Exists(parts, part => Path.Exists(part)))
        {
            known = new Known(FileStatus.OfTarget(path));
        }
    }

    /// <summary>Refuses a folder that was removed or replaced since it was in use.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public void Require()
    {
        Learn();
        if (known is not { } before)
        {
            return;
        }

        bool isSame = before.Status is { } status && FileStatus.OfTarget(path) is { } now ? status.IsSame(now) : Directory.Exists(path);
        if (!isSame)
        {
            throw new NatsKeysException(
                ErrorCode.FileAccess,
                $"The key root '{path}' was deleted, moved or replaced while it was in use. Nothing was written. Restore it, or open the store again "
                    + "to use what is there now.") { Path = path };
        }
    }

    private sealed record Known(FileStatus? Status);
}
