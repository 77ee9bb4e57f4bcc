namespace NatsKeys.Core.Tests.Store;

/// <summary>A test that needs a server which can keep a store in a bucket; skipped where there is none.</summary>
internal sealed class BucketFactAttribute : FactAttribute
{
    public BucketFactAttribute() => Skip = BucketServer.IsThere ? null : "There is no nats-server of version 2.12 or newer.";
}

/// <summary>The same for a test that runs with several inputs.</summary>
internal sealed class BucketTheoryAttribute : TheoryAttribute
{
    public BucketTheoryAttribute() => Skip = BucketServer.IsThere ? null : "There is no nats-server of version 2.12 or newer.";
}
