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

    /// <summary>Disk, in bytes; -1 is no limit.</summary>
    public long MaxDisk => Limits.DiskStorage;

    /// <summary>Memory, in bytes; -1 is no limit.</summary>
    public long MaxMemory => Limits.MemStorage;

    /// <summary>The number of streams; -1 is no limit.</summary>
    public long MaxStreams => Limits.Streams;

    /// <summary>The number of consumers; -1 is no limit.</summary>
    public long MaxConsumers => Limits.Consumer;

    /// <summary>Disk of one stream, in bytes; 0 is no limit.</summary>
    public long MaxDiskStream => Math.Max(0, Limits.DiskMaxStreamBytes);

    /// <summary>Memory of one stream, in bytes; 0 is no limit.</summary>
    public long MaxMemoryStream => Math.Max(0, Limits.MemMaxStreamBytes);

    /// <summary>Unacknowledged messages of a consumer; 0 is no limit.</summary>
    public long MaxAckPending => Math.Max(0, Limits.MaxAckPending);

    /// <summary>Whether every stream must say how large it may grow.</summary>
    public bool MaxBytesRequired => Limits.MaxBytesRequired;

    /// <summary>The limits; -1 is no limit.</summary>
    public JetStreamLimits GetLimits() => Limits;

    internal JetStreamLimits Limits { get; }

    /// <summary>The tier and its limits.</summary>
    public override string ToString() => TextSanitizer.Clean($"{(Tier is null ? "" : $"{Tier}: ")}{ClaimSummary.Of(Limits)}");
}
