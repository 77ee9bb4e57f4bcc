using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// Imports nsc stores, single files, server configurations, backups and other stores into a store. Tokens are kept unchanged, and nothing is signed.
/// An item that cannot be imported becomes a failed item, and the import continues.
/// </summary>
/// <param name="store">The store to import into.</param>
/// <param name="overwrite">Whether different entities and credentials of the same names are replaced.</param>
internal sealed class StoreImporter(NatsStore store, bool overwrite)
{
    private readonly SourceFiles files = new();
    private readonly EntityPlan plan = new(store, overwrite);
    private readonly List<string> backups = [];
    private readonly List<NatsStore> stores = [];
    private readonly List<TextSource> texts = [];

    /// <summary>Whether a backup was found.</summary>
    public bool HasBackup => backups.Count > 0;

    /// <summary>
    /// Searches a file or folder: an nsc store or its parent folder, its keys, loose files, a server configuration or a backup. Folders are not
    /// searched for configurations and backups, because a backup in a folder may be an old one. Their own paths must be specified.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>: there is nothing to import. Or <see cref="ErrorCode.FileAccess"/>.
    /// </exception>
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
    /// Adds another store of NatsKeys: its entity files, byte for byte, and its unfinished rotations. Its keys stay where they are.
    /// </summary>
    /// <param name="source">The store.</param>
    public void Add(NatsStore source) => stores.Add(source);

    /// <summary>Adds a text instead of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folder">The folder to which the paths in the text of a server configuration are relative.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>: it is a malformed server configuration.</exception>
    public void AddText(string text, string folder)
    {
        if (ServerConfigFile.IsLikelyText(text) && ServerConfigFile.TryReadText(text, folder) is { } config)
        {
            files.Add(config);
        }
        else
        {
            texts.Add(new TextSource(text));
        }
    }

    /// <summary>
    /// Gets the items to import, one after the other: other stores and backups first, in their own order, then entities from the top down, then keys,
    /// then credentials. Each item is valid until the next one is read.
    /// </summary>
    /// <param name="backupKey">
    /// The curve key that opens backups; null, or a public key without a seed, to use the key in the store's key store. The caller disposes it.
    /// </param>
    /// <param name="cancellation">Cancels downloads.</param>
    public IEnumerable<ImportItem> Items(NatsKeyPair? backupKey = null, CancellationToken cancellation = default)
    {
        var credentials = new CredentialPlan(store, plan, overwrite);
        return stores.SelectMany(Copies).Concat(backups.SelectMany(path => new BackupRestorer(store, overwrite).Items(path, backupKey)))
            .Concat(files.Operators.SelectMany(Operator))
            .Concat(files.Misplaced.SelectMany(misplaced => Below(misplaced, parent: null)))
            .Concat(LooseEntities(cancellation))
            .Concat(files.Keys.Select(file => new ImportedKey(store, file)))
            .Concat(texts.SelectMany(SecretsOf))
            .Concat(files.KeptCredentials.SelectMany(kept => Credential(kept.File, () => credentials.Kept(kept.Root, kept.File))))
            .Concat(files.Credentials.SelectMany(file => Credential(file, () => credentials.Loose(file))));
    }

    private IEnumerable<ImportItem> Copies(NatsStore source)
    {
        foreach (EntityPath path in Below(source, parent: null))
        {
            if (source.LoadText(path) is { } found)
            {
                yield return new RestoredEntity(store, source.Location, found.Path, found.Text, overwrite, isFromStore: true);
            }
        }

        if (source.ReadRotations() is { Count: > 0 } rotations)
        {
            yield return new RestoredRotations(store, source.Location, rotations);
        }
    }

    /// <summary>The entities of a store, parents before children.</summary>
    private static IEnumerable<EntityPath> Below(NatsStore source, EntityPath? parent) => source.Ahead(parent, source.Names(parent))
        .Select(name => parent?.Child(name) ?? new EntityPath(name))
        .SelectMany(path => path.Kind == EntityKind.User ? [path] : Below(source, path).Prepend(path));

    /// <summary>The key in a text, and its credentials if it is a credentials file.</summary>
    private IEnumerable<ImportItem> SecretsOf(TextSource text)
    {
        if (text.Key(store) is not { } key)
        {
            yield break;
        }

        yield return key;
        (NatsJwt[]? users, _) = Try(TextSource.Name, () => text.ReadTokens().Where(token => token.Kind == ClaimKind.User).ToArray());
        foreach (NatsJwt user in users ?? [])
        {
            (EntityPath? path, ImportItem? failed) = Try(TextSource.Name, () => plan.PlaceOf(user, TextSource.Name));
            if (failed is null && text.Credential(store, path!, overwrite) is { } credential)
            {
                yield return credential;
            }
        }
    }

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

    private IEnumerable<ImportItem> Below(NscEntity source, EntityPath? parent)
    {
        ImportItem item = Plan(source, parent);
        yield return item;
        if (item is not ImportedEntity entity)
        {
            yield break;
        }

        (IReadOnlyList<NscEntity> children, ImportItem? failed) = Children(source);
        if (failed is not null)
        {
            yield return failed;
        }

        foreach (ImportItem below in children.SelectMany(child => Below(child, entity.Path)))
        {
            yield return below;
        }
    }

    /// <summary>The children of an entity, or a failed item.</summary>
    private (IReadOnlyList<NscEntity> Children, ImportItem? Failed) Children(NscEntity source)
    {
        try
        {
            return (source.Children(), null);
        }
        catch (NatsKeysException error)
        {
            return ([], new FailedImport(store, source.File, error));
        }
    }

    private ImportItem Plan(NscEntity source, EntityPath? parent)
    {
        try
        {
            NatsJwt jwt = source.Read();
            return plan.Add(source.File, parent?.Child(jwt.Name!) ?? new EntityPath(jwt.Name!), jwt);
        }
        catch (NatsKeysException error)
        {
            return new FailedImport(store, source.File, WithRest(error, source));
        }
    }

    private IEnumerable<ImportItem> LooseEntities(CancellationToken cancellation)
    {
        // Possible signers come first. Of several tokens of one entity the newest is used, but not one from a clock that is far ahead.
        DateTimeOffset now = store.Clock.GetUtcNow();
        var tokens = new List<(string File, NatsJwt Jwt)>();
        foreach (string file in files.Tokens)
        {
            (NatsJwt? jwt, ImportItem? failed) = Try(file, () => SecretFile.ReadToken(file));
            if (failed is not null)
            {
                yield return failed;
            }
            else
            {
                tokens.Add((file, jwt!));
            }
        }

        foreach (TextSource text in texts)
        {
            (IReadOnlyList<NatsJwt>? found, ImportItem? failed) = Try(TextSource.Name, text.ReadTokens);
            if (failed is not null)
            {
                yield return failed;
            }

            tokens.AddRange((found ?? []).Select(jwt => (TextSource.Name, jwt)));
        }

        foreach (ServerConfigFile config in files.Configs)
        {
            (NatsJwt[]? found, ImportItem? failed) = Try(config.Path, () => TokensOf(config, cancellation));
            if (failed is not null)
            {
                yield return failed;
            }

            tokens.AddRange((found ?? [.. config.Tokens]).Select(jwt => (config.Path, jwt)));
        }

        foreach ((string file, NatsJwt jwt) in WithoutOlder(tokens)
            .OrderBy(token => Rank(token.Jwt.Kind)).ThenBy(
                token => Revocations.IsFuture(token.Jwt.IssuedAt, now)).ThenByDescending(token => token.Jwt.Claims.IssuedAt))
        {
            (ImportItem? item, ImportItem? failed) = Try(file, () => plan.AddLoose(file, jwt));
            if ((failed ?? item) is { } any)
            {
                yield return any;
            }
        }
    }

    /// <summary>The tokens of a configuration. A URL resolver does not list its accounts, so only its system account is added.</summary>
    private NatsJwt[] TokensOf(ServerConfigFile config, CancellationToken cancellation)
    {
        if (config.Folder is { } folder && !Directory.Exists(folder) && files.Tokens.Count == 0)
        {
            throw new NatsKeysException(
                ErrorCode.FileNotFound,
                $"The folder '{folder}', in which the server of {config} keeps accounts, does not exist. Specify a copy of that folder, too.")
            {
                Path = folder,
            };
        }

        if (config.Url is not { } url)
        {
            return [.. config.Tokens];
        }

        store.Notice(
            $"The server of {config} gets accounts from {url}, which does not list them. Of these, only the system account is imported.");
        return config.SystemAccount is not { } system || config.Tokens.Any(token => token.Subject == system)
            ? [.. config.Tokens]
            : [.. config.Tokens, TokenDownload.Read(new Uri(url, system), cancellation)];
    }

    /// <summary>Leaves out tokens for which a configuration or a server's folder has a newer one: servers use the newest.</summary>
    private IEnumerable<(string File, NatsJwt Jwt)> WithoutOlder(List<(string File, NatsJwt Jwt)> tokens)
    {
        HashSet<string> places = [.. files.ResolverFiles, .. files.Configs.Select(config => config.Path)];
        Dictionary<string, NatsJwt> newest = tokens.Where(token => places.Contains(token.File))
            .GroupBy(token => token.Jwt.Subject ?? "", StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.MaxBy(token => token.Jwt.Claims.IssuedAt).Jwt, StringComparer.Ordinal);
        return tokens.Where(token => !places.Contains(token.File) || newest[token.Jwt.Subject ?? ""] == token.Jwt);
    }

    private ImportItem[] Credential(string file, Func<ImportItem[]> read)
    {
        (ImportItem[]? items, ImportItem? failed) = Try(file, read);
        return items ?? [failed!];
    }

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

    private static NatsKeysException WithRest(NatsKeysException error, NscEntity source)
    {
        try
        {
            return SourceFault.WithRest(error, source.CountBelow());
        }
        catch (NatsKeysException)
        {
            // The number of children is unknown, and the error itself matters more.
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
