using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Represents a token to publish, with its position in the order. Some changes need several tokens of one entity: in a key rotation, servers first
/// get a token that lists both keys, and last one without the old key.
/// </summary>
/// <param name="Order">The order: lower numbers come first.</param>
/// <param name="Entity">The operator or account, as it is in the store now.</param>
/// <param name="Token">The token. It may differ from that in the store.</param>
/// <param name="Reason">What the token changes, as readable text.</param>
public sealed record ServerUpdate(int Order, NatsEntity Entity, string Token, string Reason)
{
    /// <summary>
    /// The kind of the entity. An account is published to running servers. An operator is part of their configuration, which they read when they
    /// start.
    /// </summary>
    public string Kind => Entity.Kind;

    /// <summary>The place of the entity.</summary>
    public EntityPath Path => Entity.Path;

    /// <summary>Numbers the tokens to publish.</summary>
    internal static ServerUpdate[] InOrder(IEnumerable<(NatsEntity Entity, string Token, string Reason)> updates) =>
        [.. updates.Select((update, index) => new ServerUpdate(index + 1, update.Entity, update.Token, update.Reason))];

    /// <summary>Returns the order, the place and the reason.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Order}. {Path}: {Reason}");
}
