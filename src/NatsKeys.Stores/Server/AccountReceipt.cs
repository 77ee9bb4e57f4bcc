using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>What a store may take of an account from servers.</summary>
/// <param name="Account">The account, for people.</param>
/// <param name="Path">Its place in the store; null where it has none.</param>
internal sealed record AccountReceipt(string Account, EntityPath? Path)
{
    /// <summary>The newest token that servers have.</summary>
    public NatsJwt? Token { get; init; }

    /// <summary>Whether the store has it already.</summary>
    public bool IsSame { get; init; }

    /// <summary>Whether servers have different tokens, of which this is the newest.</summary>
    public bool ServersDiffer { get; init; }

    /// <summary>
    /// What a server has of it that no key of the operator signed, for people; null where there is nothing of that kind. It does not count.
    /// </summary>
    public string? Foreign { get; init; }

    /// <summary>Why it is not to be taken; null where it may be.</summary>
    public NatsKeysException? Problem { get; init; }
}
