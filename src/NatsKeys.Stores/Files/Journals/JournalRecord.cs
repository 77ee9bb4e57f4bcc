using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace NatsKeys.Files;

/// <summary>The content of a journal.</summary>
/// <param name="Store">The canonical path of the store whose files change; null if no store changes.</param>
/// <param name="Folders">The folders outside the key root that may contain staged files.</param>
/// <param name="Steps">The steps of one change; empty between changes.</param>
internal sealed record JournalRecord(string? Store, IReadOnlyList<string> Folders, IReadOnlyList<FileStep> Steps)
{
    private const int Format = 2;
    private const int LengthWithoutSteps = 1024;
    private const int LengthOfStep = 512;
    private const string StoreArea = "store";
    private const string KeyArea = "keys";

    /// <summary>The first bytes of a journal without pending steps.</summary>
    public static ReadOnlySpan<byte> NoLength => [0, 0, 0, 0];

    /// <summary>Encodes the record: the length of the text, the text, and a hash that proves that it is complete.</summary>
    public ReadOnlyMemory<byte> Encode(string storeRoot, string keyRoot)
    {
        // A change may have tens of thousands of steps: they are written to a single buffer, which is not copied.
        var buffer = new ArrayBufferWriter<byte>(LengthWithoutSteps + (Steps.Count * LengthOfStep));
        buffer.Advance(sizeof(int));
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Format);
            writer.WriteString("store", Store);
            writer.WriteStartArray("folders");
            foreach (string folder in Folders)
            {
                writer.WriteStringValue(folder);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("steps");
            foreach (FileStep step in Steps)
            {
                writer.WriteStartObject();
                writer.WriteString("do", step.Action.ToString());
                Write(writer, "path", step.Path, storeRoot, keyRoot);
                Write(writer, "source", step.Source, storeRoot, keyRoot);
                writer.WriteString("content", step.Content);
                writer.WriteString("before", step.Before);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        int length = buffer.WrittenCount - sizeof(int);
        SHA256.HashData(buffer.WrittenSpan[sizeof(int)..], buffer.GetSpan(SHA256.HashSizeInBytes));
        buffer.Advance(SHA256.HashSizeInBytes);
        BinaryPrimitives.WriteInt32LittleEndian(MemoryMarshal.AsMemory(buffer.WrittenMemory).Span, length);
        return buffer.WrittenMemory;
    }

    /// <summary>Decodes a record. If it is incomplete, none of its steps were performed, and the result has no steps.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreFormat"/>: it is not a journal of this version, or names files outside their folder.
    /// </exception>
    public static JournalRecord Decode(ReadOnlyMemory<byte> bytes, string storeRoot, string keyRoot, string path)
    {
        RequireThisVersion(bytes.Span, path);
        int length = bytes.Length < sizeof(int) ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        if (length <= 0 || length > bytes.Length - sizeof(int) - SHA256.HashSizeInBytes || !HasHash(bytes.Span[sizeof(int)..], length))
        {
            return new JournalRecord(StoreOf(bytes.Span[Math.Min(bytes.Length, sizeof(int))..]), [], []);
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.Slice(sizeof(int), length));
            JsonElement root = document.RootElement;
            if (root.GetProperty("format").GetInt32() != Format)
            {
                throw new InvalidOperationException("The format is unknown.");
            }

            return new JournalRecord(
                root.GetProperty("store").GetString(),
                [.. root.GetProperty("folders").EnumerateArray().Select(folder => folder.GetString()!)],
                [.. root.GetProperty("steps").EnumerateArray().Select(step => ReadStep(step, storeRoot, keyRoot))]);
        }
        catch (Exception error) when (
            error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException)
        {
            throw Unreadable(path, error);
        }
    }

    /// <summary>Returns the path relative to a root; null if it is not below that root.</summary>
    public static string? RelativeTo(string root, string path) =>
        path.StartsWith(root, StringComparison.Ordinal)
            && path.Length > root.Length
            && (path[root.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(root))
            ? path[root.Length..].TrimStart(Path.DirectorySeparatorChar)
            : null;

    /// <summary>Reads the store from an incomplete text. It is written first, before any store names the journal, and never changes.</summary>
    private static string? StoreOf(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, state: default);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("store"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The text is incomplete.
        }

        return null;
    }

    private static bool HasHash(ReadOnlySpan<byte> bytes, int length) =>
        SHA256.HashData(bytes[..length]).AsSpan().SequenceEqual(bytes.Slice(length, SHA256.HashSizeInBytes));

    /// <summary>Refuses journals of the first version, which had no length before their text, a list.</summary>
    private static void RequireThisVersion(ReadOnlySpan<byte> bytes, string path)
    {
        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end > 0 && bytes[0] == '[' && HasHash(bytes, end))
        {
            throw Unreadable(path, null);
        }
    }

    private static NatsKeysException Unreadable(string path, Exception? error) => new(
        ErrorCode.StoreFormat,
        $"The journal '{path}' of an interrupted change cannot be read by this version. To abandon the change, check the store and delete the "
            + "journal.",
        error) { Path = path, Remedy = Remedy.CheckStore };

    private static void Write(Utf8JsonWriter writer, string name, string? path, string storeRoot, string keyRoot)
    {
        if (path is null)
        {
            writer.WriteNull(name);
            return;
        }

        string? inKeys = RelativeTo(keyRoot, path);
        writer.WriteStartArray(name);
        writer.WriteStringValue(inKeys is null ? StoreArea : KeyArea);
        writer.WriteStringValue(inKeys ?? RelativeTo(storeRoot, path) ?? Path.GetRelativePath(storeRoot, path));
        writer.WriteEndArray();
    }

    private static FileStep ReadStep(JsonElement step, string storeRoot, string keyRoot) => new(
        Enum.Parse<FileAction>(step.GetProperty("do").GetString()!),
        ReadPlace(step.GetProperty("path"), storeRoot, keyRoot) ?? throw new InvalidOperationException("A step has no path."),
        ReadPlace(step.GetProperty("source"), storeRoot, keyRoot))
    {
        Content = step.GetProperty("content").GetString(),
        Before = step.GetProperty("before").GetString(),
    };

    private static string? ReadPlace(JsonElement place, string storeRoot, string keyRoot)
    {
        if (place.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string root = place[0].GetString() == KeyArea ? keyRoot : storeRoot;
        string path = Path.GetFullPath(place[1].GetString()!, root);
        return RelativeTo(root, path) is null ? throw new InvalidOperationException($"'{path}' is outside its folder.") : path;
    }
}
