using NatsKeys.KeyRoot;

namespace NatsKeys.Exchange;

/// <summary>What lies in the files and folders that are to be imported: operators as nsc keeps them, and files by themselves.</summary>
internal sealed class SourceFiles
{
    // A file may be named twice, by itself and by its folder.
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>The folders of operators.</summary>
    public List<string> Operators { get; } = [];

    /// <summary>Tokens by themselves.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>Tokens beside the folders of operators, where nsc keeps none.</summary>
    public List<SourceEntity> Misplaced { get; } = [];

    /// <summary>Configurations of servers.</summary>
    public List<ServerConfigFile> Configs { get; } = [];

    /// <summary>Key files.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Those of the tokens that lie in the folders of servers.</summary>
    public HashSet<string> ResolverFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Credentials by themselves, which bring a user.</summary>
    public List<string> Credentials { get; } = [];

    /// <summary>
    /// Credentials where nsc keeps them, with the folder below which they lie. Their users may be gone: nsc leaves the file behind.
    /// </summary>
    public List<(string Root, string File)> KeptCredentials { get; } = [];

    /// <summary>Looks through a file or folder.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>: it is not there, or has nothing to import; <see cref="ErrorCode.FileAccess"/>.
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

    /// <summary>
    /// Takes a server's configuration, which is looked for only where it is named: in a folder, those of other programs have the same extension.
    /// </summary>
    private bool AddConfig(string file)
    {
        if (!ServerConfigFile.IsLikely(file) || !seen.Add(file) || ServerConfigFile.TryRead(file) is not { } config)
        {
            return ServerConfigFile.IsLikely(file) && Configs.Exists(known => known.Path == file);
        }

        Configs.Add(config);
        foreach (string token in config.Folder is null ? [] : NscReader.Files(config.Folder))
        {
            ResolverFiles.Add(token);
            AddOnce(Tokens, token);
        }

        return true;
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
