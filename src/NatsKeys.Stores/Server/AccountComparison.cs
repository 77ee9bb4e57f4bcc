using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>How what a server has of an account stands to what the store wants.</summary>
public enum ServerAccountState : long
{
    /// <summary>The server has the token of the store, which is what the store wants.</summary>
    Same,

    /// <summary>The server does not have the account.</summary>
    Missing,

    /// <summary>The server has what was signed before, or the store has changes that are not signed yet.</summary>
    Older,

    /// <summary>The server has what was signed later.</summary>
    Newer,

    /// <summary>The server has another token of the same second.</summary>
    Different,

    /// <summary>The server has a token that no key of the operator signed, or that cannot be read.</summary>
    Foreign,

    /// <summary>The server has the account, and the store has not: it was deleted there, or never was.</summary>
    OnlyOnServer,

    /// <summary>The server does not tell: its accounts stand in its configuration, and it tells of those in use alone.</summary>
    NotTold,
}

/// <summary>How an account of the store and what a server has of it stand to each other.</summary>
/// <param name="Account">
/// The account below its operator, such as <c>O2/A</c>; what the server has as its name where the store does not have it.
/// </param>
/// <param name="PublicKey">The public key of the account.</param>
/// <param name="Server">The server; where servers with different tokens do not say which of them has which, all of these and their number.</param>
/// <param name="State">How they stand to each other.</param>
public sealed record AccountComparison(string Account, string PublicKey, string Server, ServerAccountState State)
{
    /// <summary>Claim by claim what differs: what the store wants, and what the server has; nothing for what no key of the operator signed.</summary>
    public IReadOnlyList<ClaimDifference> Differences
    {
        get;
        init => field = new PrintableList<ClaimDifference>(value);
    } = new PrintableList<ClaimDifference>([]);

    /// <summary>What the server, by its version, refuses or does not use of the account as the store has it.</summary>
    public IReadOnlyList<Finding> Findings { get; init => field = new PrintableList<Finding>(value); } = new PrintableList<Finding>([]);

    /// <summary>When the token of the store was signed; null where there is none.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The token that the server has; null where it has none, or none that can be read.</summary>
    public NatsJwt? ServerToken { get; init; }

    /// <summary>When the token of the server was signed; null where there is none.</summary>
    public DateTimeOffset? ServerIssuedAt => ServerToken?.IssuedAt;

    /// <summary>The account and how it stands.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Account} on {Server}: {State}");
}
