using NatsKeys.Keys;

namespace NatsKeys.KeyRoot;

/// <summary>
/// The paths of files and folders in a key root. They are the same as those of nsc: <c>keys/&lt;first letter&gt;/&lt;next two&gt;/&lt;public
/// key&gt;.nk</c> and <c>creds/&lt;operator&gt;/&lt;account&gt;/&lt;user&gt;.creds</c>.
/// </summary>
internal static class KeyRootLayout
{
    /// <summary>The extension of key files.</summary>
    public const string KeyExtension = ".nk";

    /// <summary>The extension of credentials files.</summary>
    public const string CredentialExtension = ".creds";

    /// <summary>
    /// The depth of files below the folders of keys and credentials. Folders may be links that form a circle, so the search does not go deeper.
    /// </summary>
    public static EnumerationOptions Below { get; } = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 2,
        AttributesToSkip = default,
        IgnoreInaccessible = false,
    };

    /// <summary>The name of the folder of key files.</summary>
    internal const string Keys = "keys";

    /// <summary>The name of the folder of credentials.</summary>
    internal const string Credentials = "creds";

    /// <summary>Returns the folder of key files in a root.</summary>
    internal static string KeysOf(string root) => Path.Combine(root, Keys);

    /// <summary>Returns the folder of credentials in a root.</summary>
    internal static string CredentialsOf(string root) => Path.Combine(root, Credentials);

    /// <summary>Returns the folders in a root that hold secrets, whether or not they exist.</summary>
    internal static IEnumerable<string> Folders(string root) =>
        [KeysOf(root), .. "OAUX".Select(type => Path.Combine(KeysOf(root), type.ToString())), CredentialsOf(root)];

    /// <summary>Returns the paths in a root of which at least one exists once the root is in use.</summary>
    internal static string[] InUse(string root) => [KeysOf(root), CredentialsOf(root), Path.Combine(root, ProtectionFile.FileName)];

    /// <summary>Returns the root of a folder of credentials.</summary>
    internal static string RootOfCredentials(string folder) => Path.GetDirectoryName(folder)!;

    /// <summary>Returns the path of a public key's key file.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPublicKey"/>: the text is not a public key.</exception>
    internal static string KeyFile(string root, string publicKey)
    {
        PublicNkey.Require(publicKey);
        return Path.Combine(KeysOf(root), publicKey[..1], publicKey[1..3], publicKey + KeyExtension);
    }

    /// <summary>Returns the root that a key file would belong to, judging by its path. It may not be a key root.</summary>
    internal static string RootOf(string file)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(file));
        return Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(folder))) ?? folder!;
    }
}
