using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.KeyRoot;

namespace NatsKeys.Exchange;

/// <summary>The names of nsc's files and folders, and the content of the file that marks an operator's folder.</summary>
internal static class NscLayout
{
    public const string Marker = ".nsc";
    public const string Stores = "stores";
    public const string Accounts = "accounts";
    public const string Users = "users";
    public const string KeyRoot = "keys";
    public const string TokenExtension = ".jwt";

    /// <summary>The same bytes that nsc writes.</summary>
    public static ReadOnlySpan<byte> GitIgnore => "# ignore all nk files \n**/*.nk\n\n# ignore all creds files\n**/*.creds\n"u8;

    public static bool IsOperator(string folder) => File.Exists(Path.Combine(folder, Marker));

    /// <summary>Whether a folder is a key root: below <c>keys</c> is one folder for each type of key.</summary>
    public static bool IsKeyRoot(string folder) =>
        Directory.Exists(KeyRootLayout.CredentialsOf(folder))
            || "OAUX".Any(type => Directory.Exists(Path.Combine(KeyRootLayout.KeysOf(folder), type.ToString())));

    /// <summary>The content of the marker file. An operator is managed if its keys are elsewhere.</summary>
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

    /// <summary>The operator's name, which is also the name of its token file. If the marker file does not have it, the name of the folder.</summary>
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
