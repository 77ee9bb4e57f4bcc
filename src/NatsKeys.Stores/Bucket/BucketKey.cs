using System.Buffers;
using System.Globalization;
using System.Text;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// The keys of a bucket. Names are told apart without their case, as in every store, so a key has them in small letters. What no key may have
/// is written as its UTF-8 bytes, each as <c>=</c> and two hexadecimal digits. The spelling of the names is in a header beside the content.
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

    /// <summary>All entities, as a filter.</summary>
    public static string All => $"{Entities}.>";

    /// <summary>The key of an entity.</summary>
    public static string Of(EntityPath path) => string.Join('.', Parts(path).Select(Encode).Prepend(Entities));

    /// <summary>The entities right below a place, as a filter.</summary>
    public static string Children(EntityPath? parent) => parent is null ? $"{Entities}.*" : Of(parent) + ".*";

    /// <summary>Everything below an entity, as a filter.</summary>
    public static string Below(EntityPath path) => Of(path) + ".>";

    /// <summary>The record of a change. It can be written once, so a change is made once.</summary>
    public static string OfChange(string id) => $"{Changes}.{id}";

    /// <summary>A message of a change that only states what must not have changed.</summary>
    public static string OfGuard(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{Changes}.{id}.{number}");

    /// <summary>The place that a key stands for, in small letters; null where it is no entity's.</summary>
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

    /// <summary>The names of a place, from the top.</summary>
    public static IEnumerable<string> Parts(EntityPath path) => new[] { path.Operator, path.Account, path.User }.OfType<string>();

    private static string Encode(string name)
    {
        // Most names are nothing but this.
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
        // So are most keys.
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
