namespace NatsKeys.Core.Tests.Store;

public enum StorePlace
{
    Disk,
    Memory,
}
