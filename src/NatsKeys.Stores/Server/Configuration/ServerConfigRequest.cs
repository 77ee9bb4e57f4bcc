using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>The content of a server configuration.</summary>
/// <param name="Operator">The operator that the server trusts.</param>
/// <param name="Resolver">The kind of resolver.</param>
internal sealed record ServerConfigRequest(NatsOperator Operator, ResolverKind Resolver)
{
    /// <summary>The preloaded accounts. Null means all accounts for a memory resolver, and only the system account for others.</summary>
    public IReadOnlyList<NatsAccount>? Accounts { get; init; }

    /// <summary>The system account, if the operator's token names none.</summary>
    public NatsAccount? SystemAccount { get; init; }

    /// <summary>The path of the operator file as written in the configuration; null to write the token into the configuration.</summary>
    public string? OperatorFile { get; init; }

    /// <summary>Settings of a resolver that stores accounts in a folder.</summary>
    public ResolverSettings Settings { get; init; } = new();

    /// <summary>The token of the user that clients without a token connect as; null to refuse them.</summary>
    public NatsJwt? Sentinel { get; init; }

    /// <summary>The public keys of the proxies that the server trusts.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The public keys of the only accounts that may use the server, besides the system account; empty for all.</summary>
    public IReadOnlyList<string> PinnedAccounts { get; init; } = [];

    /// <summary>The server versions for which the configuration is created; null if not specified.</summary>
    public ServerVersions? Versions { get; init; }

    /// <summary>The server's name, listeners and other settings.</summary>
    public ServerSettings Server { get; init; } = new();
}
