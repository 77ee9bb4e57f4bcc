using NatsKeys.Claims;

namespace NatsKeys.Entities;

/// <summary>The JetStream limits of an account, flat or those of one tier.</summary>
public sealed class NatsJetStreamLimit : AccountItem
{
    internal NatsJetStreamLimit(NatsAccount account, string? tier, JetStreamLimits limits)
        : base(account)
    {
        Tier = tier;
        Limits = limits;
    }

    /// <summary>The tier, such as <c>R3</c>; null for limits that hold for all streams.</summary>
    public string? Tier { get; }

    /// <summary>The limits; -1 is no limit.</summary>
    public JetStreamLimits Limits { get; }

    /// <summary>The tier.</summary>
    public override string ToString() => Tier ?? "all";
}
