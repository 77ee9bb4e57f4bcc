using System.Security.Cryptography;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// Writes a store in nsc's layout to a new folder: <c>stores</c> has the unchanged tokens, and <c>keys</c> has their key files and credentials. Only
/// its owner can read them.
/// </summary>
internal sealed class NscWriter
{
    private readonly NatsStore store;
    private readonly string stores;
    private readonly string keyRoot;
    private readonly FolderKeyStore keys;
    private readonly StagingFolder? staging;
    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    /// <summary>Creates a writer. It writes nothing yet.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">The folder, which must be new or empty.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/>: the folder is not empty.</exception>
    public NscWriter(NatsStore store, string folder)
    {
        string full = Path.GetFullPath(folder);
        if (File.Exists(full) || (Directory.Exists(full) && SafeFiles.Guarded(full, () => Directory.EnumerateFileSystemEntries(full).Any())))
        {
            throw new NatsKeysException(
                ErrorCode.FileExists,
                $"'{full}' already exists and is not an empty folder. An nsc store is written to a new folder.") { Path = full };
        }

        this.store = store;
        Folder = full;
        stores = Path.Combine(full, NscLayout.Stores);
        keyRoot = Path.Combine(full, NscLayout.KeyRoot);
        keys = new FolderKeyStore(keyRoot);
        staging = store.Staging is { } own ? new StagingFolder(own, full) : null;
    }

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>The keys in the store's key root that were not written, because no written entity has or lists them.</summary>
    public IEnumerable<string> UnwrittenKeys => store.Keys.PublicKeys().Where(key => !written.Contains(key)).Order(StringComparer.Ordinal);

    /// <summary>Creates the folders that every nsc store has.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public void Begin()
    {
        // One at a time: if one call creates nested folders, only the innermost one gets the file mode.
        foreach (string path in new[] { Folder, stores, keyRoot, KeyRootLayout.KeysOf(keyRoot), KeyRootLayout.CredentialsOf(keyRoot) })
        {
            SafeFiles.MakeFolder(path, secret: true);
        }

        SafeFiles.Write(Path.Combine(keyRoot, ".gitignore"), NscLayout.GitIgnore, secret: true, overwrite: false, staging: staging);
    }

    /// <summary>Writes the token of an entity, with its keys and credentials. The entities above it must be written first.</summary>
    /// <param name="entity">The entity.</param>
    /// <returns>Whether the token has all claims of the entity file. Edits since the last signature are not in the token.</returns>
    /// <exception cref="NatsKeysException">The entity has no valid token, or a file cannot be written.</exception>
    public bool Write(NatsEntity entity)
    {
        string token = entity.Jwt
            ?? throw new NatsKeysException(ErrorCode.EntityNotSigned, $"The {entity.Path} is not signed yet, and nsc stores only tokens.");
        NatsJwt jwt = ReadToken(entity, token);
        string folder = FolderOf(entity.Path);
        SafeFiles.MakeFolder(folder, secret: true);
        if (entity is NatsOperator owner)
        {
            SafeFiles.MakeFolder(Path.Combine(folder, NscLayout.Accounts), secret: true);
            SafeFiles.Write(
                Path.Combine(folder, NscLayout.Marker),
                NscLayout.MarkerOf(entity.Name, IsManaged(owner)),
                secret: true,
                overwrite: false,
                staging: staging);
        }
        else if (entity.Path.Kind == EntityKind.Account)
        {
            SafeFiles.MakeFolder(Path.Combine(folder, NscLayout.Users), secret: true);
        }

        SecretFile.Write(Path.Combine(folder, entity.Name + NscLayout.TokenExtension), token, overwrite: false, staging);
        foreach (string key in KeysOf(jwt).Where(key => written.Add(key)))
        {
            WriteKey(key);
        }

        WriteCredential(entity);
        return ClaimJson.SameWish(entity.Wanted, jwt.Claims);
    }

    /// <summary>Writes a key of the store's key root. Does nothing if its seed is not there.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException">The stored seed belongs to another key, or a file cannot be written.</exception>
    public void WriteKey(string publicKey)
    {
        written.Add(publicKey);
        if (!PublicNkey.TryGetType(publicKey, out _) || !store.Keys.Contains(publicKey))
        {
            return;
        }

        using NatsKeyPair? key = store.Keys.Find(publicKey);
        if (key is not null)
        {
            string type = Path.Combine(KeyRootLayout.KeysOf(keyRoot), publicKey[..1]);
            SafeFiles.MakeFolder(type, secret: true);
            SafeFiles.MakeFolder(Path.Combine(type, publicKey[1..3]), secret: true);
            keys.AddUnprotected(key, staging);
        }
    }

    private static NatsJwt ReadToken(NatsEntity entity, string token)
    {
        try
        {
            return JwtReader.Read(token);
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(error.Code, $"The token of {entity.Path} cannot be written for nsc. {error.Message}", error);
        }
    }

    /// <summary>All keys in a token whose seeds may be available.</summary>
    private static IEnumerable<string> KeysOf(NatsJwt jwt)
    {
        IEnumerable<string?> keys = jwt.SigningKeys.Append(jwt.Subject).Append(jwt.Issuer);
        return (jwt.Claims is AccountClaims account ? keys.Append(account.Authorization.Xkey) : keys)
            .Where(key => !string.IsNullOrEmpty(key))
            .OfType<string>();
    }

    /// <summary>
    /// Whether nsc should treat an operator as managed, because its keys are elsewhere. nsc then self-signs accounts, and the owner of the keys signs
    /// them later.
    /// </summary>
    private bool IsManaged(NatsOperator owner) => !owner.Claims.SigningKeys.Append(owner.Subject!).Any(store.Keys.Contains);

    private void WriteCredential(NatsEntity entity)
    {
        if (entity is not NatsUser user
            || CredentialFile.DefaultPath(user) is not { } source
            || SafeFiles.Read(source, FileKind.Credential) is not { } content)
        {
            return;
        }

        try
        {
            string folder = Path.Combine(KeyRootLayout.CredentialsOf(keyRoot), user.Operator);
            SafeFiles.MakeFolder(folder, secret: true);
            folder = Path.Combine(folder, user.Account);
            SafeFiles.MakeFolder(folder, secret: true);
            SafeFiles.Write(
                Path.Combine(folder, user.Name + KeyRootLayout.CredentialExtension), content, secret: true, overwrite: false, staging: staging);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private string FolderOf(EntityPath path) => path.Kind switch
    {
        EntityKind.Operator => Path.Combine(stores, path.Operator),
        EntityKind.Account => Path.Combine(stores, path.Operator, NscLayout.Accounts, path.Account!),
        _ => Path.Combine(stores, path.Operator, NscLayout.Accounts, path.Account!, NscLayout.Users),
    };
}
