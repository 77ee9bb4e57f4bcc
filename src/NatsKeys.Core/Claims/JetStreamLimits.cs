namespace NatsKeys.Claims;

/// <summary>JetStream limits of an account or of one tier. All zero: JetStream is off.</summary>
public class JetStreamLimits : ClaimObject
{
    private long memStorage;
    private long diskStorage;
    private long streams;
    private long consumer;
    private long maxAckPending;
    private long memMaxStreamBytes;
    private long diskMaxStreamBytes;
    private bool maxBytesRequired;

    /// <summary>Memory in bytes; 0 is off, -1 no limit.</summary>
    public long MemStorage { get => memStorage; set => Set(ref memStorage, value); }

    /// <summary>Disk in bytes; 0 is off, -1 no limit.</summary>
    public long DiskStorage { get => diskStorage; set => Set(ref diskStorage, value); }

    /// <summary>The number of streams.</summary>
    public long Streams { get => streams; set => Set(ref streams, value); }

    /// <summary>The number of consumers.</summary>
    public long Consumer { get => consumer; set => Set(ref consumer, value); }

    /// <summary>Unacknowledged messages per consumer; 0 or less is no limit.</summary>
    public long MaxAckPending { get => maxAckPending; set => Set(ref maxAckPending, value); }

    /// <summary>Bytes of one memory stream; 0 or less is no limit.</summary>
    public long MemMaxStreamBytes { get => memMaxStreamBytes; set => Set(ref memMaxStreamBytes, value); }

    /// <summary>Bytes of one disk stream; 0 or less is no limit.</summary>
    public long DiskMaxStreamBytes { get => diskMaxStreamBytes; set => Set(ref diskMaxStreamBytes, value); }

    /// <summary>Whether every stream must say how large it may grow.</summary>
    public bool MaxBytesRequired { get => maxBytesRequired; set => Set(ref maxBytesRequired, value); }

    /// <summary>Whether JetStream is on: a memory or disk value that is not 0.</summary>
    public bool IsEnabled => MemStorage != 0 || DiskStorage != 0;

    internal override void Map(ClaimMap map)
    {
        map.Integer("mem_storage", ref memStorage);
        map.Integer("disk_storage", ref diskStorage);
        map.Integer("streams", ref streams);
        map.Integer("consumer", ref consumer);
        map.Integer("max_ack_pending", ref maxAckPending);
        map.Integer("mem_max_stream_bytes", ref memMaxStreamBytes);
        map.Integer("disk_max_stream_bytes", ref diskMaxStreamBytes);
        map.Flag("max_bytes_required", ref maxBytesRequired);
    }

    /// <summary>Whether nothing of JetStream is set.</summary>
    internal bool HasNoJetStream =>
        (MemStorage, DiskStorage, Streams, Consumer, MaxAckPending) == (0, 0, 0, 0, 0)
        && (MemMaxStreamBytes, DiskMaxStreamBytes, MaxBytesRequired) == (0, 0, false);

    internal void Reset()
    {
        MemStorage = DiskStorage = Streams = Consumer = MaxAckPending = MemMaxStreamBytes = DiskMaxStreamBytes = 0;
        MaxBytesRequired = false;
    }
}
