using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.KeyRoot;

namespace NatsKeys.Exchange;

/// <summary>How nsc calls its files and folders, and what stands in the file that marks an operator's folder.</summary>
internal static class NscLayout
{
    public const string Marker = ".nsc";
    public const string Stores = "stores";
    public const string Accounts = "accounts";
    public const string Users = "users";
    public const string KeyRoot = "keys";
    public const string TokenExtension = ".jwt";

    /// <summary>To the byte what nsc writes.</summary>
    public static ReadOnlySpan<byte> GitIgnore => "# ignore all nk files \n**/*.nk\n\n# ignore all creds files\n**/*.creds\n"u8;

    public static bool IsOperator(string folder) => File.Exists(Path.Combine(folder, Marker));

    /// <summary>Whether a folder is one of keys and credentials: below <c>keys</c> stands one folder for each type of key.</summary>
    public static bool IsKeyRoot(string folder) =>
        Directory.Exists(KeyRootLayout.CredentialsOf(folder))
            || "OAUX".Any(type => Directory.Exists(Path.Combine(KeyRootLayout.KeysOf(folder), type.ToString())));

    /// <summary>The text of the marker. A managed operator is one whose keys are elsewhere.</summary>
    public static ReadOnlySpan<byte> MarkerOf(string name, bool isManaged)
    {
        var json = new GoJsonWriter();
        json.BeginObject();
        json.Name("managed");
        json.Flag(isManaged);
        json.Name("name");
        json.Text(name);
        json.Name("kind");
        json.Text("operator");
        json.Name("version");
        json.Text("1");
        json.EndObject();
        return json.Written;
    }

    /// <summary>The operator's name, which is that of its token's file; the folder's where the marker does not tell.</summary>
    public static string NameOf(string folder)
    {
        string own = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        try
        {
            using JsonDocument marker = JsonDocument.Parse(
                TextDecoder.Decode(SafeFiles.Read(Path.Combine(folder, Marker), FileKind.NscMarker) ?? [], FileKind.NscMarker));
            return marker.RootElement.ValueKind == JsonValueKind.Object
                && marker.RootElement.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String
                ? name.GetString()!
                : own;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NatsKeysException { Path: null })
        {
            return own;
        }
    }
}
