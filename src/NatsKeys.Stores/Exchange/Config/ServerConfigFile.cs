using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;

namespace NatsKeys.Exchange;

/// <summary>
/// What a server configuration says about its operator: the operator's token, account tokens, and where the other accounts are. Nothing else of the
/// configuration is used, in particular no password.
/// </summary>
internal sealed partial class ServerConfigFile
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

    /// <summary>The path of the file; <see cref="TextSource.Name"/> for a text.</summary>
    public string Path { get; }

    /// <summary>The operator and account tokens in the configuration and in the files that it names.</summary>
    public IReadOnlyList<NatsJwt> Tokens { get; }

    /// <summary>The public key of the system account; null if neither the configuration nor an operator names one.</summary>
    public string? SystemAccount { get; private init; }

    /// <summary>The folder in which the server stores accounts; null for none.</summary>
    public string? Folder { get; private init; }

    /// <summary>The URL from which the server fetches accounts; null for none.</summary>
    public Uri? Url { get; private init; }

    /// <summary>The configuration, for messages.</summary>
    public override string ToString() => Path == TextSource.Name ? "the text" : $"'{Path}'";

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
        return TryRead(Place.Of(path), Load(path, depth: 0, ref files));
    }

    /// <summary>Whether a text is likely to be a configuration with an operator.</summary>
    /// <param name="text">The text.</param>
    public static bool IsLikelyText(string text) => OperatorLine().IsMatch(text);

    /// <summary>Whether a text is one line of a configuration: a comment, or a setting that many configurations have.</summary>
    /// <param name="text">The text.</param>
    public static bool IsLine(string text) => ConfigLine().IsMatch(text) && !text.AsSpan().Trim().ContainsAny('\n', '\r');

    /// <summary>Reads a configuration from its text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folder">The folder to which the paths in the text are relative.</param>
    /// <returns>The configuration; null if it has no operator.</returns>
    /// <exception cref="NatsKeysException">The errors of <see cref="TryRead(string)"/>.</exception>
    public static ServerConfigFile? TryReadText(string text, string folder)
    {
        int files = 1;
        var place = new Place(TextSource.Name, folder);
        return TryRead(place, Parse(text, place, depth: 0, ref files));
    }

    private static ServerConfigFile? TryRead(Place path, Dictionary<string, object> all)
    {
        string[] operators = [.. Operators.SelectMany(name => Texts(all.GetValueOrDefault(name)))];
        if (operators.Length == 0)
        {
            return null;
        }

        NatsJwt[] roots = [.. operators.Select(text => ReadOperator(path, text))];
        object? resolver = Resolvers.Select(name => all.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);
        return new ServerConfigFile(path.Name, [.. roots, .. Preloaded(path, all)])
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
            throw Wrong(Place.Of(path), "It includes too many files, possibly itself");
        }

        string text = TextDecoder.Decode(
            SafeFiles.Read(path, FileKind.ServerConfig)
                ?? throw new NatsKeysException(ErrorCode.FileNotFound, $"The file '{path}' does not exist.") { Path = path },
            FileKind.ServerConfig);
        return Parse(text, Place.Of(path), depth, ref files);
    }

    private static Dictionary<string, object> Parse(string text, Place path, int depth, ref int files)
    {
        int count = files;
        try
        {
            return ConfigParser.Read(text, name => Load(Beside(path, name), depth + 1, ref count));
        }
        catch (NatsKeysException error) when (error.Path is null)
        {
            NatsKeysException named = SourceFault.Of(error.Code, path.Name, error.Message.TrimEnd('.'));
            throw new NatsKeysException(named.Code, named.Message, error) { Path = named.Path, Line = error.Line };
        }
        finally
        {
            files = count;
        }
    }

    /// <summary>Reads the token of an operator from a text or a file. Like a server, the text counts as a token if there is no such file.</summary>
    private static NatsJwt ReadOperator(Place path, string text)
    {
        bool isToken = TokenFinder.IsLikely(text) && !File.Exists(Beside(path, text));
        NatsJwt token = isToken ? Read(path, "operator", text) : SecretFile.ReadToken(Beside(path, text));
        return token.Kind == ClaimKind.Operator ? token : throw Wrong(path, $"Its 'operator' is the token of {token.Kind} '{token.Name}'");
    }

    private static IEnumerable<NatsJwt> Preloaded(Place path, Dictionary<string, object> all)
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

    private static NatsJwt Read(Place path, string place, string token)
    {
        try
        {
            return JwtReader.Read(token.Trim());
        }
        catch (NatsKeysException error)
        {
            throw SourceFault.Of(error.Code, path.Name, $"The token of '{place}': {error.Message.TrimEnd('.')}");
        }
    }

    private static string? FolderOf(Place path, object? resolver) =>
        resolver is Dictionary<string, object> settings && settings.GetValueOrDefault("dir") is string folder
            ? System.IO.Path.TrimEndingDirectorySeparator(Beside(path, folder))
            : null;

    private static Uri? UrlOf(Place path, object? resolver, NatsJwt[] roots)
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
    private static string Beside(Place path, string name) => System.IO.Path.GetFullPath(System.IO.Path.Combine(path.Folder, name));

    private static NatsKeysException Wrong(Place path, string why) => SourceFault.Of(ErrorCode.InvalidServerConfig, path.Name, why);

    [GeneratedRegex(
        @"^[\s{]*[""']?(root_)?(operators?|roots?)[""']?(\s*[:=]|\s+[""'\[]*(eyJ|[./]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex OperatorLine();

    [GeneratedRegex(
        @"^\s*(//|\#|[""']?(operators?|root_operators?|system_account|resolver|resolver_preload|server_name|listen|host|port|https?_port|jetstream|"
            + @"cluster|gateway|leafnodes|websocket|mqtt|tls|accounts|authorization|include|max_\w+|A[A-Z2-7]{55})[""']?\s*[:={])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ConfigLine();

    /// <summary>Where a configuration comes from.</summary>
    /// <param name="Name">The path of the file, or the name of a text, for messages.</param>
    /// <param name="Folder">The folder to which the paths in it are relative.</param>
    private readonly record struct Place(string Name, string Folder)
    {
        public static Place Of(string path) => new(path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
    }
}
