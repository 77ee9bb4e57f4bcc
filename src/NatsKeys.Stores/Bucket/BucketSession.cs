using NATS.Client.JetStream;
using NatsKeys.Server;

namespace NatsKeys.Bucket;

/// <summary>One connection to the servers of a bucket, which ends once it is lost.</summary>
/// <param name="Link">The connection.</param>
/// <param name="JetStream">What asks JetStream over it.</param>
internal sealed record BucketSession(ServerLink Link, NatsJSContext JetStream);
