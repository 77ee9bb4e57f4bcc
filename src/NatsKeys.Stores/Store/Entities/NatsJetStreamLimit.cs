using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>Represents the JetStream limits of an account: those of one tier, or those of all streams.</summary>
public sealed class NatsJetStreamLimit : AccountItem
{
    internal NatsJetStreamLimit(NatsAccount account, string? tier, JetStreamLimits limits)
        : base(account)
    {
        Tier = tier;
        Limits = limits;
    }

    /// <summary>The tier, such as <c>R3</c>; null if the limits apply to all streams.</summary>
    public string? Tier { get; }

    /// <summary>Disk, in bytes: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxDisk => LimitValues.Of(Limits.DiskStorage);

    /// <summary>Memory, in bytes: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxMemory => LimitValues.Of(Limits.MemStorage);

    /// <summary>The number of streams: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxStreams => LimitValues.Of(Limits.Streams);

    /// <summary>The number of consumers: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxConsumers => LimitValues.Of(Limits.Consumer);

    /// <summary>Disk of one stream, in bytes: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxDiskStream => LimitValues.OfPositive(Limits.DiskMaxStreamBytes);

    /// <summary>Memory of one stream, in bytes: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxMemoryStream => LimitValues.OfPositive(Limits.MemMaxStreamBytes);

    /// <summary>Unacknowledged messages of a consumer: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxAckPending => LimitValues.OfPositive(Limits.MaxAckPending);

    /// <summary>Whether every stream must state its maximum size.</summary>
    public bool MaxBytesRequired => Limits.MaxBytesRequired;

    /// <summary>Gets the limits; -1 means unlimited.</summary>
    public JetStreamLimits GetLimits() => Limits;

    internal JetStreamLimits Limits { get; }

    /// <summary>Returns the tier and its limits.</summary>
    public override string ToString() => TextSanitizer.Clean($"{(Tier is null ? "" : $"{Tier}: ")}{ClaimSummary.Of(Limits)}");
}
