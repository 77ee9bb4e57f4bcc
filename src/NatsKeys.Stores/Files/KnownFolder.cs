namespace NatsKeys.Files;

/// <summary>
/// A folder of secrets while it is in use. Where it has gone, or another one has taken its place, nothing more is written there: a folder that is
/// made anew would have neither the secrets nor the protection of the first.
/// </summary>
internal sealed class KnownFolder
{
    private readonly string path;
    private readonly string[] parts;

    // Once it is known. Only Linux tells which folder it is.
    private volatile Known? known;

    /// <param name="path">The folder.</param>
    /// <param name="parts">What is in it once it is in use: at least one of these.</param>
    public KnownFolder(string path, params string[] parts)
    {
        (this.path, this.parts) = (path, parts);
        Learn();
    }

    /// <summary>Takes note of the folder once something is in it.</summary>
    public void Learn()
    {
        if (known is null && Array.Exists(parts, part => Path.Exists(part)))
        {
            known = new Known(FileStatus.OfTarget(path));
        }
    }

    /// <summary>Refuses a folder that is not the one that was in use.</summary>
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
