namespace NatsKeys.Core.Tests.Store;

public enum StorePlace
{
    Disk,
    Memory,

    /// <summary>A key-value bucket, where there is a server that can keep one.</summary>
    Bucket,
}
