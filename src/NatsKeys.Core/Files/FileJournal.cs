using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NatsKeys.Files;

/// <summary>
/// The note of the steps of a change, which stands in the key root while they are done, and the files that wait beside for their place. It
/// names no file outside of the store and the key root, and holds no secret. A hash at its end tells that it was written to the end.
/// </summary>
internal sealed class FileJournal
{
    private const string Prefix = ".natskeys.";
    private const string Waiting = ".tmp";
    private const string Note = "journal";
    private const string StoreArea = "store";
    private const string KeyArea = "keys";
    private readonly string storeRoot;
    private readonly string keyRoot;
    private readonly string prefix;
    private FileStream? noted;

    public FileJournal(string storeRoot, string keyRoot)
    {
        this.storeRoot = storeRoot;
        this.keyRoot = keyRoot;

        // Several stores may share a key root. Where the file system takes cases as the same, so do we.
        string name = OperatingSystem.IsLinux() ? storeRoot : storeRoot.ToUpperInvariant();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        prefix = $"{Prefix}{Convert.ToHexStringLower(hash[..6])}.";
    }

    /// <summary>The store's folder.</summary>
    public string StoreRoot => storeRoot;

    private string Location => Path.Combine(keyRoot, prefix + Note);

    /// <summary>Whether something is noted, in which case somebody is at work or was interrupted.</summary>
    public bool IsPending => new FileInfo(Location) is { Exists: true, Length: > 0 };

    /// <summary>Whether a note of this object was done with, and its file stays for the next one.</summary>
    public bool IsKept { get; private set; }

    public bool IsInKeyRoot(string path) => RelativeTo(keyRoot, path) is not null;

    /// <summary>The note to which a file belongs that waits for its place.</summary>
    public static string NoteOf(string ready) => ready[..(ready.LastIndexOf('.', ready.Length - Waiting.Length - 1) + 1)] + Note;

    /// <summary>The files in a root that wait for their places, of whatever store.</summary>
    public static string[] WaitingIn(string root) => Directory.GetFiles(root, Prefix + "*" + Waiting);

    /// <summary>A name for a file that waits for its place.</summary>
    public string NewFile(bool inKeyRoot) => Path.Combine(inKeyRoot ? keyRoot : storeRoot, $"{prefix}{Guid.NewGuid():N}{Waiting}");

    /// <summary>Notes steps. Where keys cannot be written a change goes on without the note.</summary>
    /// <returns>Null, or why there is no note.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: there is no room for it, for example.</exception>
    public string? TryWrite(IEnumerable<FileStep> steps, bool flush = true)
    {
        try
        {
            noted = SafeFiles.WriteOver(Location, Encode(steps), flush);
            return null;
        }
        catch (NatsKeysException error) when (SafeFiles.IsForbidden(error.InnerException))
        {
            return $"A change of several files was made without a note in the key root: {error.Message} Had it been interrupted, half of it would stand.";
        }
    }

    /// <summary>Reads the steps; null where nothing is noted, or not to the end: then none of them was done.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreFormat"/>: it is no note of steps in this store.</exception>
    public FileStep[]? Read()
    {
        if (SafeFiles.Read(Location) is not { Length: > 0 } bytes)
        {
            return null;
        }

        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < 0 || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            Delete();
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, end));
            return [.. document.RootElement.EnumerateArray().Select(Decode)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new NatsKeysException(
                ErrorCode.StoreFormat,
                $"The note '{Location}' of an interrupted change of the store {storeRoot} cannot be read. Look at the store with Test-NatsStore, and delete the note.", error) { Path = Location };
        }
    }

    /// <summary>
    /// Says that nothing is left to do. The file stays, and is empty: to make one for each change of a pipeline and to delete it can take longer
    /// than the rest of the change, and takes the longer the more files were deleted a short time ago.
    /// </summary>
    public void End()
    {
        if (noted is not null)
        {
            SafeFiles.Guard(Location, () => noted.SetLength(0));
            Close();
            IsKept = true;
        }
    }

    /// <summary>Leaves the note to whoever changes the store next.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Leave()
    {
        bool isNoted = noted is not null;
        Close();
        return isNoted;
    }

    public void Delete()
    {
        Close();
        SafeFiles.Delete(Location);
        IsKept = false;
    }

    /// <summary>Deletes the files of those who were interrupted before they noted what to do with them.</summary>
    public void Clear()
    {
        foreach (string file in new[] { storeRoot, keyRoot }.Where(Directory.Exists).SelectMany(root => Directory.EnumerateFiles(root, prefix + "*" + Waiting)))
        {
            SafeFiles.TryDelete(file);
        }
    }

    private void Close()
    {
        noted?.Dispose();
        noted = null;
    }

    private byte[] Encode(IEnumerable<FileStep> steps)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (FileStep step in steps)
            {
                writer.WriteStartObject();
                writer.WriteString("do", step.Action.ToString());
                Write(writer, "path", step.Path);
                if (step.Source is not null)
                {
                    Write(writer, "source", step.Source);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return [.. buffer.WrittenSpan, .. SHA256.HashData(buffer.WrittenSpan)];
    }

    private void Write(Utf8JsonWriter writer, string name, string path)
    {
        string? inKeys = RelativeTo(keyRoot, path);
        writer.WriteStartArray(name);
        writer.WriteStringValue(inKeys is null ? StoreArea : KeyArea);
        writer.WriteStringValue(inKeys ?? Path.GetRelativePath(storeRoot, path));
        writer.WriteEndArray();
    }

    private FileStep Decode(JsonElement step) => new(
        Enum.Parse<FileAction>(step.GetProperty("do").GetString()!),
        Place(step.GetProperty("path")),
        step.TryGetProperty("source", out JsonElement source) ? Place(source) : null);

    private string Place(JsonElement place)
    {
        string root = place[0].GetString() == KeyArea ? keyRoot : storeRoot;
        string path = Path.GetFullPath(place[1].GetString()!, root);
        return RelativeTo(root, path) is null ? throw new InvalidOperationException($"'{path}' lies elsewhere.") : path;
    }

    /// <summary>The path below a root; null when it lies elsewhere.</summary>
    private static string? RelativeTo(string root, string path) =>
        path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length && (path[root.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(root))
            ? path[root.Length..].TrimStart(Path.DirectorySeparatorChar)
            : null;
}
