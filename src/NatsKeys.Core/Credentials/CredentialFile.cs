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

    /// <summary>Reads a credentials file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NatsKeysException">The file cannot be read as credentials; the message names it.</exception>
    public static NatsCredential Read(string path) => SecretText.Read(path, text => CredentialText.Read(text));
}
