using System.Text;
using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>
/// The file that makes a folder a store. It has the format, the place of the keys if they have their own key root, and the defaults of new entities.
/// </summary>
/// <param name="KeyRoot">The key root that the store names; null for none.</param>
/// <param name="Defaults">The defaults of new entities.</param>
internal sealed record StoreMarker(string? KeyRoot, StoreDefaults Defaults)
{
    private const string Format = "1";
    private const string Expires = "expires";
    private const string FormatMember = "format";
    private const string KeysMember = "keys";
    private const string DefaultsMember = "defaults";
    private static readonly string[] Members = [FormatMember, KeysMember, DefaultsMember];

    /// <summary>The text of a marker that names no key root.</summary>
    public static byte[] Plain => Encoding.UTF8.GetBytes(Text(keyRoot: null));

    public static void Write(string path, string? keyRoot, Staging staging)
    {
        // The file for Git is written first, so that Git ignores the store's own files from the moment the store exists.
        IgnoreOwnFiles(Path.GetDirectoryName(path)!, staging);
        SafeFiles.Write(
            path,
            Encoding.UTF8.GetBytes(Text(keyRoot is null ? null : Portable(Path.GetDirectoryName(path)!, keyRoot))),
            overwrite: false,
            staging: staging);
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreNotFound"/>, <see cref="ErrorCode.StoreFormat"/>, or it cannot be read.
    /// </exception>
    public static StoreMarker Read(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        new LinkCheck(folder).RequireInside(path);
        byte[] bytes = SafeFiles.Read(path, FileKind.Marker) ?? throw new NatsKeysException(
            ErrorCode.StoreNotFound,
            $"The folder '{folder}' is not a store: it has no {StoreLayout.MarkerName}.")
        {
            Path = folder,
            Remedy = Remedy.CreateStore,
        };
        try
        {
            YamlMapping root = Parse(bytes);
            string? keyRoot = root.Find(KeysMember) switch
            {
                null or YamlScalar { IsNull: true } => null,
                YamlScalar keys => Path.GetFullPath(keys.Text, folder),
                var other => throw YamlParser.Fault(other, "a path is expected here"),
            };
            return new StoreMarker(keyRoot, ReadDefaults(root.Find(DefaultsMember)));
        }
        catch (NatsKeysException error) when (error.Path is null)
        {
            throw new NatsKeysException(error.Code, $"The store '{folder}' cannot be opened. {error.Message}", error) { Path = path };
        }
    }

    /// <summary>Parses the text, which must have the format that this version supports.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreFormat"/> or <see cref="ErrorCode.InvalidYaml"/>.</exception>
    public static YamlMapping Parse(byte[] text)
    {
        YamlMapping root = YamlParser.Parse(TextDecoder.Decode(text, FileKind.Marker));
        YamlFields.RequireFormat(root.FindText(FormatMember), Format);
        foreach ((YamlScalar name, YamlNode _) in root.Members.Where(member => !Members.Contains(member.Key.Text)))
        {
            // Ignoring a misspelt member would leave users without the default expiry, or keys in another place.
            throw YamlParser.Fault(
                name, $"'{TextSanitizer.Clean(name.Text)}' is not a valid member of this file. Valid are {string.Join(", ", Members)}");
        }

        return root;
    }

    /// <summary>Reads the defaults of new entities from the text of a marker that is not in a folder.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreFormat"/> or <see cref="ErrorCode.InvalidYaml"/>.</exception>
    public static StoreDefaults DefaultsOf(byte[] text, string location)
    {
        try
        {
            return ReadDefaults(Parse(text).Find(DefaultsMember));
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(error.Code, $"The store {location} cannot be opened. {error.Message}", error);
        }
    }

    private static StoreDefaults ReadDefaults(YamlNode? node)
    {
        if (node is null or YamlScalar { IsNull: true })
        {
            return StoreDefaults.None;
        }

        YamlMapping mapping = node.AsMapping();
        foreach ((YamlScalar name, YamlNode value) in mapping.Members)
        {
            // Ignoring an unknown member could leave users valid for longer than intended.
            if (name.Text != Expires)
            {
                throw YamlParser.Fault(value, $"'{TextSanitizer.Clean(name.Text)}' is not a valid default of a store. The only one is '{Expires}'");
            }
        }

        if (mapping.Find(Expires) is not { } expires || expires.ToText() is not { } text)
        {
            return StoreDefaults.None;
        }

        try
        {
            var defaults = new StoreDefaults { Expires = text };
            defaults.ExpiryOf(DateTimeOffset.UnixEpoch);
            return defaults;
        }
        catch (NatsKeysException error)
        {
            throw YamlParser.Fault(expires, error.Message.TrimEnd('.'));
        }
    }

    private static string Text(string? keyRoot)
    {
        var root = new YamlMapping();
        root.Add(FormatMember, new YamlScalar(Format, isPlain: true));
        if (keyRoot is not null)
        {
            root.Add(KeysMember, new YamlScalar(keyRoot, isPlain: false));
        }

        return YamlWriter.Write(root);
    }

    /// <summary>Makes the path relative if possible, so that the store and its keys can be moved together. It always has forward slashes.</summary>
    private static string Portable(string folder, string keyRoot) => Path.GetRelativePath(folder, keyRoot).Replace('\\', '/');

    /// <summary>Makes Git ignore the lock and staged files, which must not be committed.</summary>
    private static void IgnoreOwnFiles(string folder, Staging staging)
    {
        string path = Path.Combine(folder, ".gitignore");
        if (!File.Exists(path))
        {
            SafeFiles.Write(path, ".natskeys.*\n"u8, staging: staging);
        }
    }
}
