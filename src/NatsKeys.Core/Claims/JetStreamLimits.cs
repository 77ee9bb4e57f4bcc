namespace NatsKeys.Claims;

/// <summary>The JetStream limits of an account or of one tier. If all are zero, JetStream is off.</summary>
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

    /// <summary>The maximum memory in bytes; 0 turns it off, -1 means no limit.</summary>
    public long MemStorage { get => memStorage; set => Set(ref memStorage, value); }

    /// <summary>The maximum disk space in bytes; 0 turns it off, -1 means no limit.</summary>
    public long DiskStorage { get => diskStorage; set => Set(ref diskStorage, value); }

    /// <summary>The maximum number of streams.</summary>
    public long Streams { get => streams; set => Set(ref streams, value); }

    /// <summary>The maximum number of consumers.</summary>
    public long Consumer { get => consumer; set => Set(ref consumer, value); }

    /// <summary>The maximum number of unacknowledged messages of a consumer; 0 or less means no limit.</summary>
    public long MaxAckPending { get => maxAckPending; set => Set(ref maxAckPending, value); }

    /// <summary>The maximum size of a memory stream, in bytes; 0 or less means no limit.</summary>
    public long MemMaxStreamBytes { get => memMaxStreamBytes; set => Set(ref memMaxStreamBytes, value); }

    /// <summary>The maximum size of a disk stream, in bytes; 0 or less means no limit.</summary>
    public long DiskMaxStreamBytes { get => diskMaxStreamBytes; set => Set(ref diskMaxStreamBytes, value); }

    /// <summary>Whether every stream must have a maximum size.</summary>
    public bool MaxBytesRequired { get => maxBytesRequired; set => Set(ref maxBytesRequired, value); }

    /// <summary>Whether JetStream is on: the memory or disk limit is not 0.</summary>
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

    /// <summary>Whether no JetStream limit is set.</summary>
    internal bool HasNoJetStream =>
        (MemStorage, DiskStorage, Streams, Consumer, MaxAckPending) == (0, 0, 0, 0, 0)
        && (MemMaxStreamBytes, DiskMaxStreamBytes, MaxBytesRequired) == (0, 0, false);

    internal void Reset()
    {
        MemStorage = DiskStorage = Streams = Consumer = MaxAckPending = MemMaxStreamBytes = DiskMaxStreamBytes = 0;
        MaxBytesRequired = false;
    }
}
