using NatsKeys.Keys;

namespace NatsKeys.KeyRoot;

/// <summary>
/// How the files and folders of a key root are called. That is as nsc has it: <c>keys/&lt;first letter&gt;/&lt;next two&gt;/&lt;public key&gt;.nk</c>
/// and <c>creds/&lt;operator&gt;/&lt;account&gt;/&lt;user&gt;.creds</c>.
/// </summary>
internal static class KeyRootLayout
{
    /// <summary>What the names of key files end with.</summary>
    public const string KeyExtension = ".nk";

    /// <summary>What the names of credentials files end with.</summary>
    public const string CredentialExtension = ".creds";

    /// <summary>
    /// As deep as files lie below the folders of keys and of credentials. Folders may be links, and these may lead in circles: deeper, nothing is
    /// looked for.
    /// </summary>
    public static EnumerationOptions Below { get; } = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 2,
        AttributesToSkip = default,
        IgnoreInaccessible = false,
    };

    /// <summary>The folder of key files.</summary>
    internal const string Keys = "keys";

    /// <summary>The folder of credentials.</summary>
    internal const string Credentials = "creds";

    /// <summary>The folder of a root in which key files lie.</summary>
    internal static string KeysOf(string root) => Path.Combine(root, Keys);

    /// <summary>The folder of a root in which credentials lie.</summary>
    internal static string CredentialsOf(string root) => Path.Combine(root, Credentials);

    /// <summary>The folders of a root that hold secrets, whether or not they are there.</summary>
    internal static IEnumerable<string> Folders(string root) =>
        [KeysOf(root), .. "OAUX".Select(type => Path.Combine(KeysOf(root), type.ToString())), CredentialsOf(root)];

    /// <summary>What is in a root once it is in use: at least one of these.</summary>
    internal static string[] InUse(string root) => [KeysOf(root), CredentialsOf(root), Path.Combine(root, ProtectionFile.FileName)];

    /// <summary>The root that a folder of credentials is in.</summary>
    internal static string RootOfCredentials(string folder) => Path.GetDirectoryName(folder)!;

    /// <summary>The key file of a public key.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPublicKey"/>: it is none.</exception>
    internal static string KeyFile(string root, string publicKey)
    {
        PublicNkey.Require(publicKey);
        return Path.Combine(KeysOf(root), publicKey[..1], publicKey[1..3], publicKey + KeyExtension);
    }

    /// <summary>The root in whose place for key files a file lies. It need be none.</summary>
    internal static string RootOf(string file)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(file));
        return Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(folder))) ?? folder!;
    }
}
