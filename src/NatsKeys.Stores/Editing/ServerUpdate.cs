using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// A token that servers must learn of, in its turn. Some changes need more than one token of an entity: while a key is replaced, servers first
/// learn of a list that has both keys, and last of the one without the old.
/// </summary>
/// <param name="Order">Its turn: what has a lower number comes before.</param>
/// <param name="Entity">The operator or account as the store has it by now.</param>
/// <param name="Token">The token, which need not be the one that the store has.</param>
/// <param name="Reason">For people: what it brings.</param>
public sealed record ServerUpdate(int Order, NatsEntity Entity, string Token, string Reason)
{
    /// <summary>
    /// An account is published to running servers; an operator stands in their configuration, with which they must be started.
    /// </summary>
    public string Kind => Entity.Kind;

    /// <summary>The place of the entity.</summary>
    public EntityPath Path => Entity.Path;

    /// <summary>Numbers what servers must learn of.</summary>
    internal static ServerUpdate[] InOrder(IEnumerable<(NatsEntity Entity, string Token, string Reason)> updates) =>
        [.. updates.Select((update, index) => new ServerUpdate(index + 1, update.Entity, update.Token, update.Reason))];

    /// <summary>The place and what the token brings.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Order}. {Path}: {Reason}");
}
