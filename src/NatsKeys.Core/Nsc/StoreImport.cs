using NatsKeys.Backup;
using NatsKeys.Claims;
using NatsKeys.Credentials;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Nsc;

/// <summary>
/// Brings what nsc wrote into a store: its stores, and files by themselves; and backups. Every token is kept as it stands, and nothing is signed.
/// What cannot be imported is an item of its own, and the rest goes on.
/// </summary>
/// <param name="store">The store that takes it.</param>
/// <param name="overwrite">Whether entities and credentials that are in the store are replaced by others of their names.</param>
public sealed class StoreImport(NatsStore store, bool overwrite)
{
    private readonly SourceFiles files = new();
    private readonly LooseTokens loose = new(store);
    private readonly List<string> backups = [];

    // What was found so far, by names that differ in more than case: two files of one entity must not replace each other.
    private readonly Dictionary<EntityPath, EntityImport> planned = [];

    /// <summary>Whether a backup is among what was looked through.</summary>
    public bool HasBackup => backups.Count > 0;

    /// <summary>
    /// Looks through a file or folder: the folder of a store of nsc or the one above it, its keys, loose files, or a backup. A backup is taken by its own
    /// path alone: one that lies in a folder may be an old one.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileNotFound"/>: there is nothing to import; <see cref="ErrorCode.FileAccess"/>.</exception>
    public void Add(string path)
    {
        if (!File.Exists(path) || !BackupReader.IsBackup(path))
        {
            files.Add(path);
        }
        else if (!backups.Contains(path))
        {
            backups.Add(path);
        }
    }

    /// <summary>
    /// What is to be imported, read one after the other: backups as they are; entities from above to below, then keys, then credentials. Each item is
    /// good until the next one is asked for.
    /// </summary>
    /// <param name="backupKey">The curve key that opens backups; without it, or its seed, the one in the key store of the store. It stays the caller's.</param>
    public IEnumerable<ImportItem> Items(NatsKeyPair? backupKey = null) =>
        backups.SelectMany(path => new BackupImport(store, overwrite).Items(path, backupKey))
            .Concat(files.Operators.SelectMany(Operator))
            .Concat(files.Strays.SelectMany(stray => Below(stray, parent: null)))
            .Concat(LooseEntities())
            .Concat(files.Keys.Select(file => new KeyImport(store, file)))
            .Concat(files.KeptCredentials.SelectMany(kept => Kept(kept.Root, kept.File)))
            .Concat(files.Credentials.SelectMany(LooseCredential));

    private IEnumerable<ImportItem> Operator(string folder)
    {
        try
        {
            return Below(NscReader.Operator(folder), parent: null);
        }
        catch (NatsKeysException error)
        {
            return [new FailedImport(store, folder, error)];
        }
    }

    private IEnumerable<ImportItem> Below(SourceEntity source, EntityPath? parent)
    {
        ImportItem item = Plan(source, parent);
        yield return item;
        if (item is not EntityImport entity)
        {
            yield break;
        }

        loose.Add(entity.Path, entity.Jwt);
        foreach (ImportItem below in Children(source).SelectMany(child => child is SourceEntity found ? Below(found, entity.Path) : [(ImportItem)child]))
        {
            yield return below;
        }
    }

    /// <summary>What lies below an entity, or the error that stands for it.</summary>
    private IEnumerable<object> Children(SourceEntity source)
    {
        try
        {
            return source.Children();
        }
        catch (NatsKeysException error)
        {
            return [new FailedImport(store, source.File, error)];
        }
    }

    private ImportItem Plan(SourceEntity source, EntityPath? parent)
    {
        try
        {
            NatsJwt jwt = source.Read();
            return Plan(source.File, parent?.Child(jwt.Name!) ?? new EntityPath(jwt.Name!), jwt);
        }
        catch (NatsKeysException error)
        {
            return new FailedImport(store, source.File, WithRest(error, source));
        }
    }

    private EntityImport Plan(string file, EntityPath path, NatsJwt jwt)
    {
        var item = new EntityImport(store, file, path, jwt, overwrite);
        if (planned.TryGetValue(path.Folded, out EntityImport? other))
        {
            throw SourceFault.Of(ErrorCode.EntityExists, file, path == other.Path
                ? $"The {path} was found in '{other.File}' already, with another token"
                : $"The names of the {path} and of the {other.Path} in '{other.File}' differ in case alone");
        }

        RequireRoom(item);
        planned.Add(path.Folded, item);
        return item;
    }

    /// <summary>
    /// An entity of the store that has the name but is somebody else is not written over, and what lies below it does not belong below that one.
    /// Where it is the same with another token, the item says so by itself when it is its turn.
    /// </summary>
    private void RequireRoom(EntityImport item)
    {
        if (store.Load(item.Path) is { } kept && (kept.Path != item.Path || (!overwrite && kept.Document.Wanted.Subject != item.Jwt.Subject)))
        {
            item.IsNeeded();
        }
    }

    private IEnumerable<ImportItem> LooseEntities()
    {
        // Whoever may sign comes first; of several tokens of one entity the newest is the one.
        var tokens = new List<(string File, NatsJwt Jwt)>();
        foreach (string file in files.Tokens)
        {
            (NatsJwt? jwt, ImportItem? failed) = Try(file, () => SecretText.ReadToken(file));
            if (failed is not null)
            {
                yield return failed;
            }
            else
            {
                tokens.Add((file, jwt!));
            }
        }

        foreach ((string file, NatsJwt jwt) in tokens.OrderBy(token => Rank(token.Jwt.Kind)).ThenByDescending(token => token.Jwt.Claims.IssuedAt))
        {
            (ImportItem? item, ImportItem? failed) = Try(file, () => PlanLoose(file, jwt));
            if ((failed ?? item) is { } any)
            {
                yield return any;
            }
        }
    }

    /// <summary>Null where the very same was found already.</summary>
    private EntityImport? PlanLoose(string file, NatsJwt jwt)
    {
        EntityPath path = loose.PlaceOf(jwt, file);
        if (planned.TryGetValue(path.Folded, out EntityImport? other) && other.Jwt.Token == jwt.Token)
        {
            return null;
        }

        EntityImport item = Plan(file, path, jwt);
        loose.Add(path, jwt);
        return item;
    }

    /// <summary>Credentials where nsc keeps them: their names are those of the folders.</summary>
    private ImportItem[] Kept(string root, string file)
    {
        (ImportItem[]? items, ImportItem? failed) = Try(file, () =>
        {
            using NatsCredential credential = ReadCredential(file);
            string[] names = Path.ChangeExtension(Path.GetRelativePath(root, file), null).Split(Path.DirectorySeparatorChar);
            (EntityPath Path, string? Subject)? found = names is [var owner, var account, var user] ? At(new EntityPath(owner, account, user)) : null;
            return found is { } there && there.Subject == credential.Subject
                ? Credential(file, there.Path)
                : throw SourceFault.Of(ErrorCode.EntityNotFound, file, $"It belongs to user {credential.Subject}, who is neither imported nor in the store under the names of its folders");
        });
        return items ?? [failed!];
    }

    /// <summary>Credentials by themselves bring user, key and file.</summary>
    private ImportItem[] LooseCredential(string file)
    {
        (ImportItem[]? items, ImportItem? failed) = Try<ImportItem[]>(file, () =>
        {
            using NatsCredential credential = ReadCredential(file);
            EntityPath path = loose.PlaceOf(credential.Token, file);
            var key = new KeyImport(store, file);

            // The token of a user that is imported by a file of its own goes before the one in the credentials.
            return planned.TryGetValue(path.Folded, out EntityImport? own) && own.Jwt.Subject == credential.Subject
                ? [key, .. Credential(file, own.Path)]
                : [Plan(file, path, credential.Token), key, .. Credential(file, path)];
        });
        return items ?? [failed!];
    }

    private ImportItem[] Credential(string file, EntityPath path) => CredentialFile.PlaceOf(store, path) is { } target
        ? [new CredentialImport(store, file, path, target, overwrite)]
        : [new KeyImport(store, file)];

    private static NatsCredential ReadCredential(string file)
    {
        NatsCredential credential = CredentialFile.Read(file);
        if (credential.Matches)
        {
            return credential;
        }

        string message = $"Its seed is that of {credential.KeyPair.PublicKey}, not of the user {credential.Subject} of its token";
        credential.Dispose();
        throw SourceFault.Of(ErrorCode.InvalidCredential, file, message);
    }

    /// <summary>Who has a place, under the name as it is or will be stored.</summary>
    private (EntityPath Path, string? Subject)? At(EntityPath path) =>
        planned.TryGetValue(path.Folded, out EntityImport? item) ? (item.Path, item.Jwt.Subject)
        : store.Load(path) is { } kept ? (kept.Path, kept.Document.Wanted.Subject)
        : null;

    private (T? Value, ImportItem? Failed) Try<T>(string file, Func<T?> read)
        where T : class
    {
        try
        {
            return (read(), null);
        }
        catch (NatsKeysException error)
        {
            return (null, new FailedImport(store, file, error));
        }
    }

    private static NatsKeysException WithRest(NatsKeysException error, SourceEntity source)
    {
        try
        {
            return SourceFault.WithRest(error, source.CountBelow());
        }
        catch (NatsKeysException)
        {
            // How much lies below cannot be told; the error itself matters more.
            return error;
        }
    }

    private static int Rank(ClaimKind kind) => kind switch
    {
        ClaimKind.Operator => 0,
        ClaimKind.Account => 1,
        _ => 2,
    };
}
