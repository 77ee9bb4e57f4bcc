using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>What shall stand in a server configuration.</summary>
/// <param name="Operator">The operator that the server trusts.</param>
/// <param name="Resolver">How the server finds accounts.</param>
internal sealed record ServerConfigRequest(NatsOperator Operator, ResolverKind Resolver)
{
    /// <summary>
    /// The accounts that the server knows from the start; null for all with a memory resolver, and none but the system account with others.
    /// </summary>
    public IReadOnlyList<NatsAccount>? Accounts { get; init; }

    /// <summary>The system account, where the operator's token names none.</summary>
    public NatsAccount? SystemAccount { get; init; }

    /// <summary>
    /// The file that has the operator's token, as the configuration shall name it; null where the token stands in the configuration.
    /// </summary>
    public string? OperatorFile { get; init; }

    /// <summary>How a resolver that keeps accounts in a folder does so.</summary>
    public ResolverSettings Settings { get; init; } = new();

    /// <summary>The token of the user for which clients without a token are taken; null where these are refused.</summary>
    public NatsJwt? Sentinel { get; init; }

    /// <summary>The public keys of the proxies that the server trusts.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The public keys of the accounts that alone may use the server, beside the system account; none for all.</summary>
    public IReadOnlyList<string> PinnedAccounts { get; init; } = [];

    /// <summary>The versions of the servers that it is for; null where nobody says.</summary>
    public ServerVersions? Versions { get; init; }

    /// <summary>What the server is called and where it listens.</summary>
    public ServerSettings Server { get; init; } = new();
}
