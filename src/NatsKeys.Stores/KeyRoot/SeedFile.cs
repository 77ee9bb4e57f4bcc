using NatsKeys.Files;
using NatsKeys.Keys;

namespace NatsKeys.KeyRoot;

/// <summary>Reads key files (<c>.nk</c>), including encrypted ones in a key root.</summary>
internal static class SeedFile
{
    /// <summary>Reads a key file. It may be an encrypted one in an unlocked key root.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NatsKeysException">The file cannot be read as a key; the message names it.</exception>
    public static NatsKeyPair Read(string path) => TryRead(path) ?? throw SecretFile.Missing(path);

    /// <summary>Reads a key file; null if there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NatsKeysException">The file cannot be read as a key; the message names it.</exception>
    public static NatsKeyPair? TryRead(string path)
    {
        if (SafeFiles.Read(path, FileKind.Key) is not { } content)
        {
            return null;
        }

        try
        {
            return SecretFile.Read(path, FileKind.Key, content, text => SealedKeyFormat.IsSealed(text) ? Open(path, text) : KeyFile.Parse(text));
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.NoSeedFound && Path.Exists(ProtectionOf(path).Path))
        {
            throw new NatsKeysException(
                ErrorCode.KeyDamaged,
                $"The file '{path}' holds neither an encrypted nor a plain seed. {(error.InnerException ?? error).Message}",
                error) { Path = path };
        }
    }

    private static ProtectionFile ProtectionOf(string path) => new(KeyRootLayout.RootOf(path));

    private static NatsKeyPair Open(string path, ReadOnlySpan<char> text)
    {
        ProtectionFile protection = ProtectionOf(path);
        ProtectionHeader header = protection.Header()
            ?? throw SealedKeyFile.Damaged(path, $"It is an encrypted seed, and '{protection.Path}', which is needed to decrypt it, does not exist");
        var root = new KeyRootAccess(protection);
        string publicKey = Path.GetFileNameWithoutExtension(path);
        if (SealedKeyFormat.Open(root.RequireKey(header), publicKey, text) is { } opened)
        {
            return opened;
        }

        // The cache may be stale if the file system's times are coarse, so the header is read again.
        return protection.Read() is { } now && now.Id != header.Id && SealedKeyFormat.Open(root.RequireKey(now), publicKey, text) is { } again
            ? again
            : throw SealedKeyFile.Damaged(path);
    }
}
