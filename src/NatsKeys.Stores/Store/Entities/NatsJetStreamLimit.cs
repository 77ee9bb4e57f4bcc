using NatsKeys.Claims;

namespace NatsKeys.Store;

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

    /// <summary>Whether every stream must say how large it may grow.</summary>
    public bool MaxBytesRequired => Limits.MaxBytesRequired;

    /// <summary>The limits; -1 is no limit.</summary>
    public JetStreamLimits GetLimits() => Limits;

    internal JetStreamLimits Limits { get; }

    /// <summary>The tier and its limits.</summary>
    public override string ToString() => TextSanitizer.Clean($"{(Tier is null ? "" : $"{Tier}: ")}{ClaimSummary.Of(Limits)}");
}
