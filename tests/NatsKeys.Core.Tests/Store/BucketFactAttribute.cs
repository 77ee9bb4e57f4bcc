namespace NatsKeys.Core.Tests.Store;

/// <summary>A test that needs a server which can keep a store in a bucket; skipped where there is none.</summary>
internal sealed class BucketFactAttribute : FactAttribute
{
    public BucketFactAttribute() => Skip = BucketServer.IsThere ? null : "There is no nats-server of version 2.12 or newer.";
}
