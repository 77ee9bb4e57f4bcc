using System.Collections.Concurrent;
using NatsKeys.Files;

namespace NatsKeys.KeyRoot;

/// <summary>
/// The file that makes a key root protected. Others may remove or replace it at any time, so it is checked whenever a seed
/// is; what was read of it is kept for the whole process as long as the file is the same.
/// </summary>
internal sealed class ProtectionFile
{
    public const string FileName = "protection.yaml";
    private static readonly ConcurrentDictionary<string, Seen> Headers = new(StringComparer.Ordinal);

    public ProtectionFile(string root)
    {
        // One name for a root, whoever looks.
        Root = PathSpelling.Of(root);
        Path = System.IO.Path.Combine(Root, FileName);
    }

    /// <summary>The key root.</summary>
    public string Root { get; }

    public string Path { get; }

    /// <summary>The header as it was seen last, where the file is still that one; null where there is none.</summary>
    /// <exception cref="NatsKeysException">It cannot be read; the message names it.</exception>
    public ProtectionHeader? Header()
    {
        // Whatever stands there, a root without the file is one that is not protected.
        var file = new FileInfo(Path);
        if (!System.IO.Path.Exists(Path))
        {
            return null;
        }

        return file.Exists && Headers.TryGetValue(Path, out Seen? seen) && seen.Time == file.LastWriteTimeUtc && seen.Length == file.Length
            ? seen.Header
            : Read();
    }

    /// <summary>The header as it is now; null where there is none.</summary>
    /// <exception cref="NatsKeysException">It cannot be read; the message names it.</exception>
    public ProtectionHeader? Read()
    {
        if (!System.IO.Path.Exists(Path))
        {
            return null;
        }

        // Its time is asked for first, so that content is never kept under a later one.
        var file = new FileInfo(Path);
        file.Refresh();
        if (SafeFiles.Read(Path, FileKind.Protection) is not { } bytes)
        {
            return null;
        }

        try
        {
            ProtectionHeader header = ProtectionHeader.Read(bytes);
            if (!Headers.TryGetValue(Path, out Seen? seen)
                || seen.Time != file.LastWriteTimeUtc
                || seen.Length != file.Length
                || seen.Header.Id != header.Id)
            {
                Headers[Path] = new Seen(header, file.LastWriteTimeUtc, file.Length);
            }

            return header;
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(
                error.Code, $"The key root '{Root}' cannot be opened. The file '{Path}' cannot be used. {error.Message}", error) { Path = Path };
        }
    }

    /// <summary>Writes a header.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public void Write(ProtectionHeader header, bool overwrite)
    {
        using var journal = new BriefJournal(Root);
        SafeFiles.Write(Path, header.ToBytes(), secret: true, overwrite, staging: journal);
    }

    /// <summary>Deletes the file.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public void Delete()
    {
        SafeFiles.Delete(Path);
        Forget();
    }

    /// <summary>Forgets what was seen of the file.</summary>
    public void Forget() => Headers.TryRemove(Path, out _);

    /// <summary>What was seen of the file last; null for nothing.</summary>
    public Seen? Last() => Headers.GetValueOrDefault(Path);

    /// <summary>The file as it was seen.</summary>
    internal sealed record Seen(ProtectionHeader Header, DateTime Time, long Length)
    {
        /// <summary>The passphrase of the environment that did not open it.</summary>
        public string? Refused { get; set; }
    }
}
