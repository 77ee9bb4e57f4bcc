using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;

namespace NatsKeys.Exchange;

/// <summary>
/// What a server configuration says about its operator: the operator's token, account tokens, and where the other accounts are. Nothing else of the
/// configuration is used, in particular no password.
/// </summary>
internal sealed class ServerConfigFile
{
    private const int MostFiles = 256;
    private static readonly string[] Operators = ["operator", "operators", "root", "roots", "root_operator", "root_operators"];
    private static readonly string[] Systems = ["system_account", "system"];
    private static readonly string[] Resolvers = ["resolver", "account_resolver", "accounts_resolver"];

    private ServerConfigFile(string path, IReadOnlyList<NatsJwt> tokens)
    {
        Path = path;
        Tokens = tokens;
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The operator and account tokens in the configuration and in the files that it names.</summary>
    public IReadOnlyList<NatsJwt> Tokens { get; }

    /// <summary>The public key of the system account; null if neither the configuration nor an operator names one.</summary>
    public string? SystemAccount { get; private init; }

    /// <summary>The folder in which the server stores accounts; null for none.</summary>
    public string? Folder { get; private init; }

    /// <summary>The URL from which the server fetches accounts; null for none.</summary>
    public Uri? Url { get; private init; }

    /// <summary>Whether a file has the extension of a configuration.</summary>
    /// <param name="path">The file.</param>
    public static bool IsLikely(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() is ".CONF" or ".CFG" or ".CONFIG";

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The configuration; null if it has no operator.</returns>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidServerConfig"/>: the configuration is malformed. Other codes: a file that it names cannot be read, or a token is
    /// invalid.
    /// </exception>
    public static ServerConfigFile? TryRead(string path)
    {
        int files = 0;
        Dictionary<string, object> all = Load(path, depth: 0, ref files);
        string[] operators = [.. Operators.SelectMany(name => Texts(all.GetValueOrDefault(name)))];
        if (operators.Length == 0)
        {
            return null;
        }

        NatsJwt[] roots = [.. operators.Select(text => ReadOperator(path, text))];
        object? resolver = Resolvers.Select(name => all.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);
        return new ServerConfigFile(path, [.. roots, .. Preloaded(path, all)])
        {
            SystemAccount = Systems.SelectMany(name => Texts(all.GetValueOrDefault(name))).FirstOrDefault()
                ?? roots.Select(root => ((OperatorClaims)root.Claims).SystemAccount).FirstOrDefault(key => !string.IsNullOrEmpty(key)),
            Folder = FolderOf(path, resolver),
            Url = UrlOf(path, resolver, roots),
        };
    }

    private static Dictionary<string, object> Load(string path, int depth, ref int files)
    {
        if (++files > MostFiles || depth > 16)
        {
            throw Wrong(path, "It includes too many files, possibly itself");
        }

        string text = TextDecoder.Decode(
            SafeFiles.Read(path, FileKind.ServerConfig)
                ?? throw new NatsKeysException(ErrorCode.FileNotFound, $"The file '{path}' does not exist.") { Path = path },
            FileKind.ServerConfig);
        int count = files;
        try
        {
            return ConfigParser.Read(text, name => Load(Beside(path, name), depth + 1, ref count));
        }
        catch (NatsKeysException error) when (error.Path is null)
        {
            throw new NatsKeysException(error.Code, $"The file '{path}' cannot be imported. {error.Message}", error)
            {
                Path = path, Line = error.Line,
            };
        }
        finally
        {
            files = count;
        }
    }

    /// <summary>Reads the token of an operator from a text or a file. Like a server, the text counts as a token if there is no such file.</summary>
    private static NatsJwt ReadOperator(string path, string text)
    {
        bool isToken = TokenFinder.IsLikely(text) && !File.Exists(Beside(path, text));
        NatsJwt token = isToken ? Read(path, "operator", text) : SecretFile.ReadToken(Beside(path, text));
        return token.Kind == ClaimKind.Operator ? token : throw Wrong(path, $"Its 'operator' is the token of {token.Kind} '{token.Name}'");
    }

    private static IEnumerable<NatsJwt> Preloaded(string path, Dictionary<string, object> all)
    {
        foreach ((string key, object value) in all.GetValueOrDefault("resolver_preload") as Dictionary<string, object> ?? [])
        {
            string place = key.ToUpperInvariant();
            NatsJwt token = Read(path, place, value as string ?? "");
            yield return token.Kind == ClaimKind.Account && token.Subject == place
                ? token
                : throw Wrong(path, $"Its 'resolver_preload' entry {place} contains the token of {token.Kind} '{token.Name}' ({token.Subject})");
        }
    }

    private static NatsJwt Read(string path, string place, string token)
    {
        try
        {
            return JwtReader.Read(token.Trim());
        }
        catch (NatsKeysException error)
        {
            throw SourceFault.Of(error.Code, path, $"The token of '{place}': {error.Message.TrimEnd('.')}");
        }
    }

    private static string? FolderOf(string path, object? resolver) =>
        resolver is Dictionary<string, object> settings && settings.GetValueOrDefault("dir") is string folder
            ? System.IO.Path.TrimEndingDirectorySeparator(Beside(path, folder))
            : null;

    private static Uri? UrlOf(string path, object? resolver, NatsJwt[] roots)
    {
        string? address = resolver switch
        {
            string word when word.StartsWith("URL(", StringComparison.OrdinalIgnoreCase) => word[4..].TrimEnd(')').Trim('"', '\'', ' '),
            null when roots.Select(root => ((OperatorClaims)root.Claims).AccountServerUrl)
                .FirstOrDefault(url => url?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true) is { } url
                => $"{url.TrimEnd('/')}/accounts",
            _ => null,
        };
        return address is null ? null
            : Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out Uri? read) && read.Scheme is "http" or "https" ? read
            : throw Wrong(path, $"The address of its resolver, '{address}', is not a web address");
    }

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => [text],
        List<object> list => list.OfType<string>(),
        _ => [],
    };

    // Servers resolve relative paths from their working directory, which is unknown. The folder of the file is used instead.
    private static string Beside(string path, string name) =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, name));

    private static NatsKeysException Wrong(string path, string why) => SourceFault.Of(ErrorCode.InvalidServerConfig, path, why);
}
