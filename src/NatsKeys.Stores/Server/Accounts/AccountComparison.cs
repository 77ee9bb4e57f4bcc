using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>How the token of an account on a server compares with the store.</summary>
public enum ServerAccountState : long
{
    /// <summary>The server has the token of the store, and the store has no unsigned changes.</summary>
    Same,

    /// <summary>The server does not have the account.</summary>
    Missing,

    /// <summary>The server has an older token, or the store has changes that are not signed yet.</summary>
    Older,

    /// <summary>The server has a newer token.</summary>
    Newer,

    /// <summary>The server has another token that was signed in the same second.</summary>
    Different,

    /// <summary>The server has a token that was not signed by a key of the operator, or that cannot be read.</summary>
    Foreign,

    /// <summary>The server has the account and the store does not, because it was deleted from the store or was never in it.</summary>
    OnlyOnServer,

    /// <summary>The server does not report the account: its accounts are in its configuration, and it only reports those in use.</summary>
    NotTold,
}

/// <summary>The comparison of an account in a store with the account on a server.</summary>
/// <param name="Account">The account below its operator, such as <c>O2/A</c>. If the store does not have it, the name in the server's token.</param>
/// <param name="PublicKey">The public key of the account.</param>
/// <param name="Server">
/// The server. If servers do not report which of them has which token: the names of all these servers, and how many of them have this token.
/// </param>
/// <param name="State">How the two compare.</param>
public sealed record AccountComparison(string Account, string PublicKey, string Server, ServerAccountState State)
{
    /// <summary>
    /// The different claims: the value in the store and the value on the server. Empty for a token that was not signed by a key of the operator.
    /// </summary>
    public IReadOnlyList<ClaimDifference> Differences
    {
        get;
        init => field = new PrintableList<ClaimDifference>(value);
    } = new PrintableList<ClaimDifference>([]);

    /// <summary>The parts of the store's account that a server of this version refuses or does not use.</summary>
    public IReadOnlyList<Finding> Findings { get; init => field = new PrintableList<Finding>(value); } = new PrintableList<Finding>([]);

    /// <summary>When the token in the store was signed; null if there is none.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    // A method rather than a property, so that the JSON text of a comparison stays short.

    /// <summary>The token on the server; null if it has none, or if it cannot be read.</summary>
    public NatsJwt? GetServerToken() => ServerToken;

    internal NatsJwt? ServerToken { get; init; }

    /// <summary>When the token on the server was signed; null if there is none.</summary>
    public DateTimeOffset? ServerIssuedAt => ServerToken?.IssuedAt;

    /// <summary>The account, the server and the state.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Account} on {Server}: {State}");
}
