using System.Collections.Concurrent;
using NatsKeys.Files;

namespace NatsKeys.KeyRoot;

/// <summary>
/// The header file of a protected key root. Other processes may remove or replace it at any time, so it is checked whenever a seed is read. The
/// process caches its content as long as the file is unchanged.
/// </summary>
internal sealed class ProtectionFile
{
    public const string FileName = "protection.yaml";
    private static readonly ConcurrentDictionary<string, Seen> Headers = new(StringComparer.Ordinal);

    public ProtectionFile(string root)
    {
        // One spelling of the root for all callers, because caches use it as their key.
        Root = PathSpelling.Of(root);
        Path = System.IO.Path.Combine(Root, FileName);
    }

    /// <summary>The key root.</summary>
    public string Root { get; }

    public string Path { get; }

    /// <summary>Returns the header, from the cache if the file is unchanged; null if there is none.</summary>
    /// <exception cref="NatsKeysException">The file cannot be read; the message names it.</exception>
    public ProtectionHeader? Header()
    {
        // A root without this file is not protected, whatever else is at the path.
        var file = new FileInfo(Path);
        if (!System.IO.Path.Exists(Path))
        {
            return null;
        }

        return file.Exists && Headers.TryGetValue(Path, out Seen? seen) && seen.Time == file.LastWriteTimeUtc && seen.Length == file.Length
            ? seen.Header
            : Read();
    }

    /// <summary>Reads the header from the file; null if there is none.</summary>
    /// <exception cref="NatsKeysException">The file cannot be read; the message names it.</exception>
    public ProtectionHeader? Read()
    {
        if (!System.IO.Path.Exists(Path))
        {
            return null;
        }

        // The time is read before the content, so that old content is never cached under a later time.
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

    /// <summary>Removes the file from the cache.</summary>
    public void Forget() => Headers.TryRemove(Path, out _);

    /// <summary>Returns the cached state of the file; null for none.</summary>
    public Seen? Last() => Headers.GetValueOrDefault(Path);

    /// <summary>A cached state of the file.</summary>
    internal sealed record Seen(ProtectionHeader Header, DateTime Time, long Length)
    {
        /// <summary>The passphrase of the environment that failed to open this header; null for none.</summary>
        public string? Refused { get; set; }
    }
}
