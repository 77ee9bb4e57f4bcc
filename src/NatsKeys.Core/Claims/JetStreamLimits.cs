namespace NatsKeys.Claims;

/// <summary>JetStream limits of an account or of one tier. All zero: JetStream is off.</summary>
public class JetStreamLimits : ClaimObject
{
    /// <summary>Memory in bytes; 0 is off, -1 no limit.</summary>
    public long MemStorage { get; set; }

    /// <summary>Disk in bytes; 0 is off, -1 no limit.</summary>
    public long DiskStorage { get; set; }

    /// <summary>The number of streams.</summary>
    public long Streams { get; set; }

    /// <summary>The number of consumers.</summary>
    public long Consumer { get; set; }

    /// <summary>Unacknowledged messages per consumer; 0 or less is no limit.</summary>
    public long MaxAckPending { get; set; }

    /// <summary>Bytes of one memory stream; 0 or less is no limit.</summary>
    public long MemMaxStreamBytes { get; set; }

    /// <summary>Bytes of one disk stream; 0 or less is no limit.</summary>
    public long DiskMaxStreamBytes { get; set; }

    /// <summary>Whether every stream must say how large it may grow.</summary>
    public bool MaxBytesRequired { get; set; }

    /// <summary>Whether JetStream is on: a memory or disk value that is not 0.</summary>
    public bool IsEnabled => MemStorage != 0 || DiskStorage != 0;

    internal override void Map(ClaimMap map)
    {
        MemStorage = map.Integer("mem_storage", MemStorage);
        DiskStorage = map.Integer("disk_storage", DiskStorage);
        Streams = map.Integer("streams", Streams);
        Consumer = map.Integer("consumer", Consumer);
        MaxAckPending = map.Integer("max_ack_pending", MaxAckPending);
        MemMaxStreamBytes = map.Integer("mem_max_stream_bytes", MemMaxStreamBytes);
        DiskMaxStreamBytes = map.Integer("disk_max_stream_bytes", DiskMaxStreamBytes);
        MaxBytesRequired = map.Flag("max_bytes_required", MaxBytesRequired);
    }

    /// <summary>Whether nothing of JetStream is set.</summary>
    internal bool HasNoJetStream =>
        (MemStorage, DiskStorage, Streams, Consumer, MaxAckPending, MemMaxStreamBytes, DiskMaxStreamBytes, MaxBytesRequired) == (0, 0, 0, 0, 0, 0, 0, false);

    internal void Reset()
    {
        MemStorage = DiskStorage = Streams = Consumer = MaxAckPending = MemMaxStreamBytes = DiskMaxStreamBytes = 0;
        MaxBytesRequired = false;
    }
}
