using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>The state of an account on servers, to be received into a store.</summary>
/// <param name="Account">The account, for messages.</param>
/// <param name="Path">The path in the store; null if it has none.</param>
internal sealed record AccountReceipt(string Account, EntityPath? Path)
{
    /// <summary>The newest token on the servers.</summary>
    public NatsJwt? Token { get; init; }

    /// <summary>Whether the store already has this token.</summary>
    public bool IsSame { get; init; }

    /// <summary>Whether servers have different tokens, of which this is the newest.</summary>
    public bool ServersDiffer { get; init; }

    /// <summary>
    /// A description of a server's token that was not signed by a key of the operator; null if there is none. The token is ignored.
    /// </summary>
    public string? Foreign { get; init; }

    /// <summary>Why the account cannot be received; null if it can.</summary>
    public NatsKeysException? Problem { get; init; }
}
