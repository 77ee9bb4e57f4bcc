using NATS.Client.Core;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>The entry of a key in a bucket at one revision.</summary>
/// <param name="Key">The key.</param>
/// <param name="Revision">The sequence of the message.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Body">The content; null if it was deleted, or if only its headers were read.</param>
/// <param name="IsDeleted">Whether it was deleted.</param>
/// <param name="Path">The path in its original spelling; null if it is not an entity.</param>
/// <param name="By">The author as stated by the client; null if not stated.</param>
/// <param name="Change">The identifier of its change; null for none.</param>
/// <param name="IsSpelled">Whether it states the spelling of its path. Entries of other tools may not, so that their path is in lower case.</param>
internal sealed record BucketEntry(
    string Key, ulong Revision, DateTimeOffset Time, byte[]? Body, bool IsDeleted, EntityPath? Path, string? By, string? Change, bool IsSpelled)
{
    public const string PathHeader = "NatsKeys-Path";
    public const string ByHeader = "NatsKeys-By";
    public const string ChangeHeader = "NatsKeys-Change";

    // Key-value clients recognize deleted entries by this header.
    private const string OperationHeader = "KV-Operation";
    private const string Deleted = "DEL";
    private const string Purged = "PURGE";

    /// <summary>Creates an entry from a message.</summary>
    public static BucketEntry Read(string key, ulong revision, DateTimeOffset time, NatsHeaders? headers, byte[]? body)
    {
        bool isDeleted = Text(headers, OperationHeader) is Deleted or Purged || Text(headers, "Nats-Marker-Reason") is not null;
        EntityPath? spelled = SpelledPath(key, Text(headers, PathHeader));
        return new BucketEntry(
            key,
            revision,
            time,
            isDeleted ? null : body,
            isDeleted,
            spelled ?? BucketKey.PathOf(key),
            Name(headers, ByHeader),
            Text(headers, ChangeHeader),
            spelled is not null);
    }

    /// <summary>Creates the headers of an entry.</summary>
    public static NatsHeaders Headers(EntityPath? path, string by, string change, bool isDeleted)
    {
        var headers = new NatsHeaders { [ByHeader] = Uri.EscapeDataString(by), [ChangeHeader] = change };
        if (path is not null)
        {
            headers[PathHeader] = string.Join('/', BucketKey.Parts(path).Select(Uri.EscapeDataString));
        }

        if (isDeleted)
        {
            headers[OperationHeader] = Deleted;
        }

        return headers;
    }

    /// <summary>Returns the path as the header spells it, if it matches the key; null otherwise.</summary>
    private static EntityPath? SpelledPath(string key, string? spelled)
    {
        if (spelled is not null)
        {
            string[] names = spelled.Split('/');
            if (spelled.Contains('%', StringComparison.Ordinal))
            {
                names = [.. names.Select(Uri.UnescapeDataString)];
            }

            if (names.Length <= 3 && names.All(EntityName.IsValid))
            {
                var path = new EntityPath(names[0], names.ElementAtOrDefault(1), names.ElementAtOrDefault(2));
                if (BucketKey.Of(path) == key)
                {
                    return path;
                }
            }
        }

        return null;
    }

    private static string? Text(NatsHeaders? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value) ? value.ToString() : null;

    private static string? Name(NatsHeaders? headers, string name) =>
        Text(headers, name) is { } text ? TextSanitizer.Clean(Uri.UnescapeDataString(text)) : null;
}
