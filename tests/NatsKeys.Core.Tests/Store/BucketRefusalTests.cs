using NatsKeys.Bucket;

namespace NatsKeys.Core.Tests.Store;

/// <summary>What is said where servers refuse a user of a bucket.</summary>
public class BucketRefusalTests
{
    [Theory]
    [InlineData("Publish to \"$KV.b.e.o.a\"", "publish to '$KV.b.>'")]
    [InlineData("Publish to \"$JS.API.CONSUMER.CREATE.KV_b.x1.$KV.b.e.>\"", "publish to '$JS.API.CONSUMER.CREATE.KV_b.>'")]
    [InlineData("Publish to \"$JS.API.STREAM.INFO.KV_b\"", "publish to '$JS.API.STREAM.INFO.KV_b'")]
    [InlineData("Subscription to \"_INBOX.UABC.x1.*\"", "subscribe to '_INBOX.UABC.>'")]
    public void The_permission_that_a_user_lacks_is_named_as_it_is_granted(string words, string expected)
    {
        var faults = new BucketFaults(new BucketAddress(["nats://localhost:4222"], "b"));
        Assert.Contains(expected, faults.Refused($"Permissions Violation for {words}").Message, StringComparison.Ordinal);
    }
}
