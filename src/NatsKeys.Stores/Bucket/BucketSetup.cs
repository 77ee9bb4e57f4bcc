using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NatsKeys.Rules;

namespace NatsKeys.Bucket;

/// <summary>Creates buckets, and finds buckets that support atomic batches.</summary>
/// <param name="link">The connection.</param>
internal sealed class BucketSetup(BucketLink link)
{
    // The maximum history of a key in a key-value bucket.
    private const int MostRevisions = 64;

    /// <summary>Creates the bucket.</summary>
    /// <param name="replicas">The number of servers that store it.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreExists"/>, <see cref="ErrorCode.ServerTooOld"/>, <see cref="ErrorCode.ServerRefused"/>, or no server can be reached.
    /// </exception>
    public Task<bool> CreateAsync(int replicas, CancellationToken cancellation) => link.AskAsync(
        $"$JS.API.STREAM.CREATE.{link.Stream}",
        async (current, end) =>
        {
            if (ServerVersion.TryParse(current.Link.Server.Version, out ServerVersion version) && !version.Has(ServerFeature.AtomicBatches))
            {
                throw BucketFaults.TooOld($"The server {current.Link.Server} has version {version}.");
            }

            var config = new StreamConfig(link.Stream, [link.Prefix + ">"])
            {
                Description = "A store of NatsKeys",
                MaxMsgsPerSubject = MostRevisions,
                NumReplicas = replicas,
                Storage = StreamConfigStorage.File,
                Discard = StreamConfigDiscard.New,
                AllowDirect = true,
                AllowRollupHdrs = true,
                DenyDelete = true,
                AllowMsgTTL = true,
                AllowAtomicPublish = true,
                DuplicateWindow = TimeSpan.FromMinutes(2),
            };
            INatsJSStream made = await current.JetStream.CreateStreamAsync(config, end).ConfigureAwait(false);
            if (!made.Info.Config.AllowAtomicPublish)
            {
                // The leader is older than the connected server, and ignores settings that it does not know.
                await made.DeleteAsync(end).ConfigureAwait(false);
            }

            RequireUsable(made.Info.Config);
            return true;
        },
        cancellation);

    /// <summary>Returns the bucket and its state; null if it does not exist.</summary>
    public Task<StreamInfo?> FindAsync(CancellationToken cancellation) => link.AskAsync<StreamInfo?>(
        $"$JS.API.STREAM.INFO.{link.Stream}",
        async (current, end) =>
        {
            try
            {
                return (await current.JetStream.GetStreamAsync(link.Stream, cancellationToken: end).ConfigureAwait(false)).Info;
            }
            catch (NatsJSApiException error) when (error.Error.ErrCode == BucketFaults.StreamNotFound)
            {
                return null;
            }
        },
        cancellation);

    /// <summary>Refuses a bucket that does not exist or does not support atomic batches and times to live.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreNotFound"/>, or <see cref="ErrorCode.ServerTooOld"/>.</exception>
    public async Task<StreamInfo> RequireAsync(CancellationToken cancellation)
    {
        StreamInfo found = await FindAsync(cancellation).ConfigureAwait(false) ?? throw link.Faults.NotThere();
        RequireUsable(found.Config);
        return found;
    }

    private void RequireUsable(StreamConfig config)
    {
        if (!config.AllowAtomicPublish || !config.AllowMsgTTL)
        {
            string missing = config.AllowAtomicPublish ? "times to live (allow_msg_ttl)" : "atomic batches (allow_atomic)";
            throw BucketFaults.TooOld($"The bucket {link.Address.Bucket} does not allow {missing}.");
        }
    }
}
