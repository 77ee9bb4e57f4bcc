using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NatsKeys.Rules;

namespace NatsKeys.Bucket;

/// <summary>Creates buckets, and finds buckets that support atomic batches.</summary>
/// <param name="link">The connection.</param>
internal sealed class BucketSetup(BucketLink link)
{
    // The maximum history of a key in a key-value bucket.
    public const int MostRevisions = 64;

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
            INatsJSStream made;
            try
            {
                made = await current.JetStream.CreateStreamAsync(config, end).ConfigureAwait(false);
            }
            catch (NatsJSApiException error) when (BucketFaults.IsLackOfServers(error.Error.ErrCode))
            {
                throw link.Faults.TooManyReplicas(replicas, error);
            }

            if (!made.Info.Config.AllowAtomicPublish)
            {
                // The leader is older than the connected server, and ignores settings that it does not know.
                await made.DeleteAsync(end).ConfigureAwait(false);
                throw BucketFaults.TooOld("The server that leads JetStream takes no atomic batches.");
            }

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

    /// <summary>Refuses a bucket that does not exist, does not support atomic batches, or does not keep what was written.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreNotFound"/>, or <see cref="ErrorCode.BucketNotUsable"/>.</exception>
    public async Task<StreamInfo> RequireAsync(CancellationToken cancellation)
    {
        StreamInfo found = await FindAsync(cancellation).ConfigureAwait(false) ?? throw link.Faults.NotThere();
        RequireUsable(found.Config);
        return found;
    }

    /// <summary>
    /// Somebody else may have made the bucket, for something else. Above all, servers must not delete by themselves what is the only copy.
    /// </summary>
    private void RequireUsable(StreamConfig config)
    {
        string? fault =
            !config.AllowAtomicPublish ? "it does not allow atomic batches (allow_atomic)"
            : !config.AllowMsgTTL ? "it does not allow times to live (allow_msg_ttl)"
            : config.MaxAge > TimeSpan.Zero ? "it deletes entities that are older than some time (max_age)"
            : config.Discard == StreamConfigDiscard.Old && (config.MaxMsgs > 0 || config.MaxBytes > 0)
                ? "it deletes the oldest entities when it is full (discard: old)"
            : config.Retention != StreamConfigRetention.Limits ? "it deletes entities that were read (retention)"
            : config.Subjects?.Contains(link.Prefix + ">") != true ? $"it does not keep {link.Prefix}> (subjects)"
            : config.SubjectTransform is not null ? "it keeps entities under other subjects (subject_transform)"
            : config.Storage == StreamConfigStorage.Memory ? "it keeps entities in memory, so that a restart of the servers loses them (storage)"
            : config.DiscardNewPerSubject ? "it refuses to change an entity that was changed often (discard_new_per_subject)"
            : config.NoAck ? "it does not answer changes (no_ack)"
            : null;
        if (fault is not null)
        {
            throw new NatsKeysException(ErrorCode.BucketNotUsable, $"The bucket {link.Address} cannot keep a store: {fault}.");
        }
    }
}
