using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Credentials files on disk.</summary>
internal static class CredentialFile
{
    /// <summary>Where the store keeps a user's credentials; null when the store has no such place.</summary>
    /// <param name="user">The user.</param>
    public static string? DefaultPath(NatsUser user) => PlaceOf(user.Store, user.Path);

    /// <summary>Where the store keeps a user's credentials.</summary>
    /// <param name="user">The user.</param>
    /// <param name="advice">What to do where there is no such place.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>: the store has no such place.</exception>
    public static string RequireDefaultPath(NatsUser user, string advice) => DefaultPath(user) ?? throw new NatsKeysException(
        ErrorCode.InvalidPath, $"The store of {user.Path} is {user.Store.Location}, so credentials have no default path: {advice}.");

    /// <summary>Writes a user's credentials. The disk has them for certain once the store was flushed.</summary>
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

        // The seed is in the file itself, wherever else it may be.
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

    /// <summary>Moves what the store keeps for an entity, and below it, when its name changes.</summary>
    internal static void Move(FileTransaction files, NatsStore store, EntityPath path, EntityPath target)
    {
        if (PlaceOf(store, path) is { } place && PlaceOf(store, target) is { } other)
        {
            files.Move(place, other);
        }
    }

    /// <summary>Removes what the store keeps for an entity; folders go once they are empty.</summary>
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

    /// <summary>Reads a credentials file; null where there is none, or none that can be read: that is not ours to write.</summary>
    internal static NatsCredential? TryRead(string path) => SafeFiles.Read(path, FileKind.Credential) is { } content ? TryRead(path, content) : null;

    /// <summary>The token of a credentials file. Neither its signature nor the seed is checked.</summary>
    /// <exception cref="NatsKeysException">There is none that can be read; the message names the file.</exception>
    internal static NatsJwt ReadToken(string path) =>
        SecretFile.Read(path, FileKind.Credential, text => JwtReader.ReadUnchecked(TokenFinder.Find(text)));

    /// <summary>The same; null where there is none that can be read.</summary>
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

    /// <summary>A user's file; the folder of an operator or account.</summary>
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
