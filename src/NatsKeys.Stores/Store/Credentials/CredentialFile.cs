using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Reads and writes credentials files on disk.</summary>
internal static class CredentialFile
{
    /// <summary>Gets the default path of a user's credentials; null if the store has none.</summary>
    /// <param name="user">The user.</param>
    public static string? DefaultPath(NatsUser user) => PlaceOf(user.Store, user.Path);

    /// <summary>Gets the default path of a user's credentials.</summary>
    /// <param name="user">The user.</param>
    /// <param name="advice">What to do if the store has no default path.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>: the store has no default path.</exception>
    public static string RequireDefaultPath(NatsUser user, string advice) => DefaultPath(user) ?? throw new NatsKeysException(
        ErrorCode.InvalidPath, $"The store of {user.Path} is {user.Store.Location}, so credentials have no default path: {advice}.");

    /// <summary>Writes a user's credentials. They survive a power failure only after the store is flushed.</summary>
    /// <param name="user">The user.</param>
    /// <param name="credential">Its credentials.</param>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(NatsUser user, NatsCredential credential, string path, bool overwrite)
    {
        char[] text = CredentialFormat.Write(credential.Token, credential.KeyPair);
        try
        {
            SecretFile.Write(path, text, overwrite, user.Store.Staging, user.Store.Unflushed);
        }
        finally
        {
            Array.Clear(text);
        }
    }

    /// <summary>Reads a credentials file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NatsKeysException">The file cannot be read as credentials; the message names it.</exception>
    public static NatsCredential Read(string path) => SecretFile.Read(path, FileKind.Credential, text => CredentialFormat.Read(text));

    /// <summary>Rewrites the stored credentials of a user, if there are any, so that they hold the current token.</summary>
    internal static void Renew(FileTransaction files, NatsStore store, EntityPath user, string token, NatsKeyPair? newKey)
    {
        if (PlaceOf(store, user) is not { } path || files.Read(path) is not { } content)
        {
            return;
        }

        // The seed is in the credentials file itself, whether or not the key root still has it.
        using NatsCredential? old = TryRead(path, content);
        if (old is null || old.Token.Token == token)
        {
            return;
        }

        NatsKeyPair key = newKey ?? old.KeyPair;
        if (key.PublicKey != JwtReader.ReadUnchecked(token).Subject)
        {
            return;
        }

        char[] text = CredentialFormat.Write(token, key);
        try
        {
            SecretFile.Write(files, path, text);
        }
        finally
        {
            Array.Clear(text);
        }
    }

    /// <summary>Throws if the store still keeps credentials of a removed user under the new name.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/>.</exception>
    internal static void RequireFree(NatsStore store, EntityPath path, EntityPath target)
    {
        bool isOther = !path.Name.Equals(target.Name, StringComparison.OrdinalIgnoreCase);
        if (isOther && PlaceOf(store, path) is { } place && Path.Exists(place) && PlaceOf(store, target) is { } other && Path.Exists(other))
        {
            throw new NatsKeysException(
                ErrorCode.FileExists,
                $"Credentials of another {target} exist at '{other}', where those of {path} belong. Move or delete them "
                    + "first.") { Path = other };
        }
    }

    /// <summary>Moves the stored credentials of an entity and of its children when its name changes.</summary>
    internal static void Move(FileTransaction files, NatsStore store, EntityPath path, EntityPath target)
    {
        if (PlaceOf(store, path) is { } place && PlaceOf(store, target) is { } other)
        {
            files.Move(place, other);
        }
    }

    /// <summary>Removes the stored credentials of an entity. Folders are removed once they are empty.</summary>
    internal static void Remove(FileTransaction files, NatsStore store, EntityPath path)
    {
        if (PlaceOf(store, path) is not { } place)
        {
            return;
        }

        if (path.Kind == EntityKind.User)
        {
            files.Delete(place);
        }
        else
        {
            files.Prune(place);
        }
    }

    /// <summary>Reads a credentials file; null if there is none or it cannot be read. A file that cannot be read is not ours to overwrite.</summary>
    internal static NatsCredential? TryRead(string path) => SafeFiles.Read(path, FileKind.Credential) is { } content ? TryRead(path, content) : null;

    /// <summary>Reads the token of a credentials file. Neither its signature nor the seed is checked.</summary>
    /// <exception cref="NatsKeysException">The file does not exist or has no readable token; the message names the file.</exception>
    internal static NatsJwt ReadToken(string path) =>
        SecretFile.Read(path, FileKind.Credential, text => JwtReader.ReadUnchecked(TokenFinder.Find(text)));

    /// <summary>Reads the token of a credentials file, unchecked; null if the file does not exist or has no readable token.</summary>
    internal static NatsJwt? TryReadToken(string path)
    {
        try
        {
            return ReadToken(path);
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    /// <summary>
    /// Gets the credentials file of a user, or the credentials folder of an operator or account; null if the store keeps no credentials.
    /// </summary>
    internal static string? PlaceOf(NatsStore store, EntityPath path) => store.CredentialRoot is not { } root ? null : path.Kind switch
    {
        EntityKind.User => Path.Combine(root, path.Operator, path.Account!, path.Name + KeyRootLayout.CredentialExtension),
        EntityKind.Account => Path.Combine(root, path.Operator, path.Name),
        _ => Path.Combine(root, path.Operator),
    };

    private static NatsCredential? TryRead(string path, byte[] content)
    {
        try
        {
            return SecretFile.Read(path, FileKind.Credential, content, text => CredentialFormat.Read(text));
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }
}
