using System.Security.Cryptography;
using System.Text;
using NatsKeys.Entities;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Credentials;

/// <summary>Credentials files on disk.</summary>
public static class CredentialFile
{
    private const string Extension = ".creds";

    /// <summary>Where the store keeps a user's credentials; null when the store has no such place.</summary>
    /// <param name="user">The user.</param>
    public static string? DefaultPath(NatsUser user) =>
        user.Store.CredentialRoot is { } root ? Path.Combine(root, user.Operator, user.Account, user.Name + Extension) : null;

    /// <summary>The text of a user's credentials, from its token and the key in its store. It holds a seed: the caller clears it.</summary>
    /// <param name="user">The user.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: the store does not have the user's seed; <see cref="ErrorCode.InvalidCredential"/>: the user is not signed.
    /// </exception>
    public static char[] TextOf(NatsUser user)
    {
        if (user.Jwt is null)
        {
            throw new NatsKeysException(ErrorCode.InvalidCredential, $"The {user.Path} is not signed yet, so it has no credentials.");
        }

        using NatsKeyPair key = user.Store.Keys.Find(user.Subject!) ?? throw new NatsKeysException(
            ErrorCode.KeyNotFound, $"The seed of {user.Path} ({user.Subject}) is not in the key store {user.Store.Keys.Location}, and without it there are no credentials.");
        return CredentialText.Write(user.Jwt, key);
    }

    /// <summary>Writes credentials for their owner alone (mode 0600, or an ACL on Windows).</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text, as <see cref="TextOf"/> gives it.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(string path, ReadOnlySpan<char> text, bool overwrite)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        try
        {
            Encoding.UTF8.GetBytes(text, bytes);
            StoreFiles.Write(path, bytes, secret: true, overwrite);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Reads a credentials file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NatsKeysException">The file cannot be read as credentials; the message names it.</exception>
    public static NatsCredential Read(string path) => SecretText.Read(path, text => CredentialText.Read(text));
}
