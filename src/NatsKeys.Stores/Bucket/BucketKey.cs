using System.Buffers;
using System.Globalization;
using System.Text;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// The keys of a bucket. Names are case-insensitive, as in every store, so a key contains them in lower case. Characters that are not allowed in
/// keys are encoded as UTF-8 bytes, each as <c>=</c> and two hexadecimal digits. A header of the entry contains the original spelling.
/// </summary>
internal static class BucketKey
{
    /// <summary>The content of natskeys.yaml.</summary>
    public const string Marker = "store";

    /// <summary>The content of rotations.yaml.</summary>
    public const string Rotations = "rotations";

    private const string Entities = "e";
    private const string Changes = "c";
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The filter of all entities.</summary>
    public static string All => $"{Entities}.>";

    /// <summary>Returns the key of an entity.</summary>
    public static string Of(EntityPath path) => string.Join('.', Parts(path).Select(Encode).Prepend(Entities));

    /// <summary>Returns the filter of the entities directly below a path.</summary>
    public static string Children(EntityPath? parent) => parent is null ? $"{Entities}.*" : Of(parent) + ".*";

    /// <summary>Returns the filter of all entities below an entity.</summary>
    public static string Below(EntityPath path) => Of(path) + ".>";

    /// <summary>Returns the key of a change's record. It can be written only once, so a change can be made only once.</summary>
    public static string OfChange(string id) => $"{Changes}.{id}";

    /// <summary>Returns the key of a guard: a message of a batch that only states what must not have changed.</summary>
    public static string OfGuard(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{Changes}.{id}.{number}");

    /// <summary>Returns the path of a key, in lower case; null if the key does not belong to an entity.</summary>
    public static EntityPath? PathOf(string key)
    {
        string[] parts = key.Split('.');
        if (parts.Length is < 2 or > 4 || parts[0] != Entities)
        {
            return null;
        }

        string?[] names = [.. parts.Skip(1).Select(Decode)];
        return names.All(name => name is not null && EntityName.IsValid(name))
            ? new EntityPath(names[0]!, names.ElementAtOrDefault(1), names.ElementAtOrDefault(2))
            : null;
    }

    /// <summary>Returns the names in a path, from the top.</summary>
    public static IEnumerable<string> Parts(EntityPath path) => new[] { path.Operator, path.Account, path.User }.OfType<string>();

    private static string Encode(string name)
    {
        // Fast path: most names contain only these characters.
        if (name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            return name.ToLowerInvariant();
        }

        var text = new StringBuilder();
        foreach (byte part in Encoding.UTF8.GetBytes(name.ToUpperInvariant()))
        {
            char character = char.ToLowerInvariant((char)part);
            _ = char.IsAsciiLetterOrDigit(character) || character is '-' or '_'
                ? text.Append(character)
                : text.Append('=').Append(part.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static string? Decode(string text)
    {
        // Fast path: most keys contain only these characters.
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var bytes = new List<byte>();
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '=')
            {
                bytes.Add((byte)text[at]);
            }
            else if (at + 2 < text.Length
                && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte part))
            {
                bytes.Add(part);
                at += 2;
            }
            else
            {
                return null;
            }
        }

        string name = Encoding.UTF8.GetString([.. bytes]);
        return Encode(name) == text ? name : null;
    }
}
