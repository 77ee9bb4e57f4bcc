using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Represents a token to publish, with its position in the order. Some changes need several tokens of one entity: in a key rotation, servers first
/// get a token that lists both keys, and last one without the old key.
/// </summary>
public sealed record ServerUpdate
{
    /// <summary>Creates an update.</summary>
    /// <param name="order">The order.</param>
    /// <param name="entity">The operator or account.</param>
    /// <param name="token">The token.</param>
    /// <param name="reason">What the token changes.</param>
    public ServerUpdate(int order, NatsEntity entity, string token, string reason)
    {
        Order = order;
        Entity = entity;
        Token = token;
        Reason = reason;
    }

    /// <summary>The order: lower numbers come first.</summary>
    public int Order { get; }

    /// <summary>The operator or account, as it is in the store now.</summary>
    internal NatsEntity Entity { get; }

    /// <summary>Gets the operator or account, as it is in the store now.</summary>
    public NatsEntity GetEntity() => Entity;

    /// <summary>The token. It may differ from that in the store.</summary>
    public string Token { get; }

    /// <summary>What the token changes, as readable text.</summary>
    public string Reason { get; }

    /// <summary>
    /// The kind of the entity. An account is published to running servers. An operator is part of their configuration, which they read when they
    /// start.
    /// </summary>
    public string Kind => Entity.Kind;

    /// <summary>The place of the entity, as readable text.</summary>
    public string Path => Entity.Path.ToString();

    /// <summary>Numbers the tokens to publish.</summary>
    internal static ServerUpdate[] InOrder(IEnumerable<(NatsEntity Entity, string Token, string Reason)> updates) =>
        [.. updates.Select((update, index) => new ServerUpdate(index + 1, update.Entity, update.Token, update.Reason))];

    /// <summary>Returns the order, the place and the reason.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Order}. {Path}: {Reason}");
}
