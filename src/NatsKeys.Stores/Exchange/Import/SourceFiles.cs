using NatsKeys.KeyRoot;

namespace NatsKeys.Exchange;

/// <summary>The files and folders to import: nsc operators, and loose files.</summary>
internal sealed class SourceFiles
{
    // A file may be found twice, by its own path and in its folder.
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>The folders of nsc operators.</summary>
    public List<string> Operators { get; } = [];

    /// <summary>Token files outside of nsc's folders.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>Tokens near the operators' folders, where nsc keeps none.</summary>
    public List<NscEntity> Misplaced { get; } = [];

    /// <summary>Server configurations.</summary>
    public List<ServerConfigFile> Configs { get; } = [];

    /// <summary>Key files.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>The token files that are in a server's resolver folder. They are also in <see cref="Tokens"/>.</summary>
    public HashSet<string> ResolverFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Credentials outside of nsc's folders. Their users are imported, too.</summary>
    public List<string> Credentials { get; } = [];

    /// <summary>
    /// Credentials in nsc's folders, with the key root that they are in. Their users may be deleted, because nsc leaves the file behind.
    /// </summary>
    public List<(string Root, string File)> KeptCredentials { get; } = [];

    /// <summary>Searches a file or folder.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>: the path does not exist or has nothing to import. Or <see cref="ErrorCode.FileAccess"/>.
    /// </exception>
    public void Add(string path)
    {
        if (!Path.Exists(path))
        {
            throw new NatsKeysException(ErrorCode.FileNotFound, $"The file or folder '{path}' does not exist.") { Path = path };
        }

        bool isFound = File.Exists(path) ? AddFile(path) || AddConfig(path) : AddFolder(path);
        if (!isFound)
        {
            throw new NatsKeysException(
                ErrorCode.FileNotFound,
                $"Nothing to import was found at '{path}': no nsc store, no .jwt, .nk or .creds file, no server configuration with an operator, "
                    + "no backup and no signing request.") { Path = path };
        }
    }

    private bool AddFolder(string folder)
    {
        string stores = Path.Combine(folder, NscLayout.Stores);
        if (NscLayout.IsOperator(folder))
        {
            AddOnce(Operators, Path.TrimEndingDirectorySeparator(folder));
            return true;
        }

        if (HasOperators(stores))
        {
            AddStores(stores);
            AddKeyRoot(Path.Combine(folder, NscLayout.KeyRoot));
            return true;
        }

        if (HasOperators(folder))
        {
            AddStores(folder);
            AddKeyRoot(folder);
            return true;
        }

        return NscLayout.IsKeyRoot(folder) ? AddKeyRoot(folder) : AddLoose(folder);
    }

    private static bool HasOperators(string folder) => NscReader.Folders(folder).Any(NscLayout.IsOperator);

    private void AddStores(string folder)
    {
        Misplaced.AddRange(NscReader.Files(folder).Where(seen.Add).Select(NscReader.Misplaced));
        foreach (string below in NscReader.Folders(folder))
        {
            if (NscLayout.IsOperator(below))
            {
                AddOnce(Operators, below);
            }
            else if (NscReader.IsOwn(below))
            {
                Misplaced.AddRange(NscReader.AllMisplaced(below).Where(misplaced => seen.Add(misplaced.File)));
            }
        }
    }

    private bool AddKeyRoot(string root)
    {
        bool isFound = false;
        foreach (string file in Below(KeyRootLayout.KeysOf(root), KeyRootLayout.KeyExtension))
        {
            isFound = true;
            AddOnce(Keys, file);
        }

        string credentials = KeyRootLayout.CredentialsOf(root);
        foreach (string file in Below(credentials, KeyRootLayout.CredentialExtension))
        {
            isFound = true;
            if (seen.Add(file))
            {
                KeptCredentials.Add((credentials, file));
            }
        }

        return isFound;
    }

    private bool AddLoose(string folder)
    {
        bool isFound = false;
        foreach (string file in NscReader.Files(folder, ""))
        {
            isFound |= AddFile(file);
        }

        foreach (string below in NscReader.Folders(folder).Where(NscReader.IsOwn))
        {
            isFound |= AddFolder(below);
        }

        return isFound;
    }

    /// <summary>Adds a server configuration. Folders are not searched for configurations, because other programs use the same extensions.</summary>
    private bool AddConfig(string file)
    {
        if (!ServerConfigFile.IsLikely(file) || !seen.Add(file) || ServerConfigFile.TryRead(file) is not { } config)
        {
            return ServerConfigFile.IsLikely(file) && Configs.Exists(known => known.Path == file);
        }

        Add(config);
        return true;
    }

    /// <summary>Adds a server configuration, with the tokens in the folder of its resolver.</summary>
    /// <param name="config">The configuration.</param>
    public void Add(ServerConfigFile config)
    {
        Configs.Add(config);
        foreach (string token in config.Folder is null ? [] : NscReader.Files(config.Folder))
        {
            ResolverFiles.Add(token);
            AddOnce(Tokens, token);
        }
    }

    private bool AddFile(string file)
    {
        List<string>? list = Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".JWT" => Tokens,
            ".NK" => Keys,
            ".CREDS" => Credentials,
            _ => null,
        };
        if (list is not null)
        {
            AddOnce(list, file);
        }

        return list is not null;
    }

    private void AddOnce(List<string> list, string path)
    {
        if (seen.Add(path))
        {
            list.Add(path);
        }
    }

    private static IEnumerable<string> Below(string folder, string extension) =>
        [.. NscReader.Files(folder, extension), .. NscReader.Folders(folder).Where(NscReader.IsOwn).SelectMany(below => Below(below, extension))];
}
