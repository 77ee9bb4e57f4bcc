using System.Text;
using NatsKeys.Yaml;

namespace NatsKeys.Store;

/// <summary>The file that makes a folder a store: its format, and where its keys are when they have a root of their own.</summary>
internal static class StoreMarker
{
    private const string Format = "1";

    public static void Write(string path, string? keyRoot)
    {
        var root = new YamlMapping();
        root.Add("format", new YamlScalar(Format, isPlain: true));
        if (keyRoot is not null)
        {
            root.Add("keys", new YamlScalar(Portable(Path.GetDirectoryName(path)!, keyRoot), isPlain: false));
        }

        StoreFiles.Write(path, Encoding.UTF8.GetBytes(YamlText.Write(root)), overwrite: false);
        IgnoreOwnFiles(Path.GetDirectoryName(path)!);
    }

    /// <summary>Reads the key root that the store names; null when it names none.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreNotFound"/> or <see cref="ErrorCode.StoreFormat"/>.</exception>
    public static string? ReadKeyRoot(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        byte[] bytes = StoreFiles.Read(path) ?? throw new NatsKeysException(
            ErrorCode.StoreNotFound, $"The folder '{folder}' is not a store: it has no {StoreLayout.MarkerName}. New-NatsStore makes one.") { Path = folder };
        try
        {
            YamlMapping root = YamlText.Parse(Encoding.UTF8.GetString(bytes));
            string? format = (root.Find("format") as YamlScalar)?.Text;
            if (format != Format)
            {
                throw new NatsKeysException(ErrorCode.StoreFormat, $"Its format is '{format}'; this version knows format {Format}.");
            }

            return root.Find("keys") switch
            {
                null or YamlScalar { IsNull: true } => null,
                YamlScalar keys => Path.GetFullPath(keys.Text, folder),
                var other => throw YamlText.Fault(other, "a path is expected here"),
            };
        }
        catch (NatsKeysException error) when (error.Path is null)
        {
            throw new NatsKeysException(error.Code, $"The store '{folder}' cannot be opened. {error.Message}", error) { Path = path };
        }
    }

    /// <summary>Relative where possible, so that store and keys can move together; always with forward slashes.</summary>
    private static string Portable(string folder, string keyRoot) => Path.GetRelativePath(folder, keyRoot).Replace('\\', '/');

    /// <summary>The lock, and files that wait for their place, are no part of what is committed.</summary>
    private static void IgnoreOwnFiles(string folder)
    {
        string path = Path.Combine(folder, ".gitignore");
        if (!File.Exists(path))
        {
            StoreFiles.Write(path, ".natskeys.*\n"u8);
        }
    }
}
