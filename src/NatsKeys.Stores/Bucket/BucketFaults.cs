using System.Net.Sockets;
using System.Text.RegularExpressions;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace NatsKeys.Bucket;

/// <summary>Classifies errors of the servers of a bucket: which are transient, and which message describes the others.</summary>
/// <param name="address">The bucket.</param>
internal sealed partial class BucketFaults(BucketAddress address)
{
    private const string Inbox = "_INBOX.";

    /// <summary>The stream does not exist.</summary>
    public const int StreamNotFound = 10059;

    /// <summary>The message does not exist.</summary>
    public const int MessageNotFound = 10037;

    /// <summary>Another message was written meanwhile.</summary>
    public const int WrongLastSequence = 10071;

    /// <summary>The cluster currently has no leader.</summary>
    public const int NotAvailable = 10008;

    // The same as WrongLastSequence, if the other message is not stored yet.
    private const int WrongLastSequenceInFlight = 10164;
    private const int StreamExists = 10058;
    private const int NotEnabledForAccount = 10039;
    private const int NotEnabled = 10076;

    // The server discarded the batch, because the leader changed or there are too many batches. Nothing was written, and the change is retried.
    private const int BatchIncomplete = 10176;
    private const int MessageTooLarge = 10054;
    private const int NoPeers = 10005;
    private const int NoCluster = 10074;
    private const int TooManyBatches = 10210;
    private const int ServiceUnavailable = 503;

    /// <summary>Whether an error is transient: the connection was lost, or the cluster is not ready.</summary>
    public static bool IsTransient(Exception error) => error is NatsException and not NatsJSApiException
        or NatsJSApiException { Error: { Code: ServiceUnavailable, ErrCode: not (NotEnabled or NotEnabledForAccount) } }
        or OperationCanceledException or TimeoutException or IOException or SocketException or ObjectDisposedException
        or NatsKeysException { Code: ErrorCode.ServerUnreachable };

    /// <summary>Whether a batch was not written because of a conflict, or was discarded. It is retried from the current state.</summary>
    /// <param name="code">The error number of the server.</param>
    public static bool IsConflict(int code) => code is WrongLastSequence or WrongLastSequenceInFlight or BatchIncomplete or TooManyBatches;

    /// <summary>
    /// Whether a message of a batch may be larger than the bucket allows. Servers only say so of the last message; for an earlier one, they only
    /// answer that the batch is incomplete.
    /// </summary>
    /// <param name="code">The error number of the server.</param>
    public static bool MayBeTooLarge(int code) => code is MessageTooLarge or BatchIncomplete;

    /// <summary>Whether there are too few servers for the replicas of a bucket.</summary>
    /// <param name="code">The error number of the server.</param>
    public static bool IsLackOfServers(int code) => code is NoPeers or NoCluster;

    /// <summary>Creates the error for more replicas than there are servers.</summary>
    public NatsKeysException TooManyReplicas(int replicas, NatsJSApiException error) => new(
        ErrorCode.ServerRefused,
        $"The servers of the bucket {address} cannot keep {replicas} replicas of it: {error.Error.Description?.TrimEnd('.')}. Each replica needs a "
            + "server of its own in the cluster, with JetStream, that is running and has room.",
        error) { Remedy = Remedy.UseFewerReplicas };

    /// <summary>Creates the error for an answer that is not transient.</summary>
    public NatsKeysException Of(NatsJSApiException error) => error.Error.ErrCode switch
    {
        StreamExists => new NatsKeysException(
            ErrorCode.StoreExists, $"The bucket {address.Bucket} exists already.", error) { Remedy = Remedy.OpenBucket },
        StreamNotFound => NotThere(error),
        _ => Refused(error.Error.Description ?? error.Message, error),
    };

    /// <summary>Creates the error for servers without support for atomic batches.</summary>
    public static NatsKeysException TooOld(string reason) => new(
        ErrorCode.ServerTooOld, $"{reason} A store in a bucket needs servers of version 2.12 or newer.");

    /// <summary>Creates the error for a request that the servers refused.</summary>
    public NatsKeysException Refused(string words, Exception? cause = null) => new(
        ErrorCode.ServerRefused,
        Violation().Match(words) is { Success: true } found
            ? $"The user may not {(found.Groups[1].Value == "Publish" ? "publish" : "subscribe")} to '{Needed(found.Groups[2].Value)}', which "
                + $"is needed for the bucket {address}."
            : $"The servers of the bucket {address} refused the request: {words.TrimEnd('.')}.",
        cause);

    /// <summary>Creates the error for servers that do not respond.</summary>
    public NatsKeysException Unreachable(Exception error) => error as NatsKeysException ?? new NatsKeysException(
        ErrorCode.ServerUnreachable,
        error is NatsNoRespondersException
            ? $"Nothing answers for the bucket {address}: JetStream may not be enabled for the account of the user."
            : $"The bucket {address} does not answer: {error.GetBaseException().Message.TrimEnd('.')}.",
        error);

    /// <summary>Creates the error for an index that servers did not deliver to its end.</summary>
    public NatsKeysException IndexIncomplete() => new(
        ErrorCode.ServerUnreachable, $"The names of the entities in the bucket {address} could not be read to the end.");

    /// <summary>Creates the error for a missing bucket.</summary>
    public NatsKeysException NotThere(Exception? cause = null) => new(
        ErrorCode.StoreNotFound, $"There is no bucket {address}.", cause) { Remedy = Remedy.CreateStore };

    /// <summary>Returns the permission to grant for a subject: for all keys, consumers and answers, rather than for one of them.</summary>
    private string Needed(string subject)
    {
        if (subject.StartsWith(Inbox, StringComparison.Ordinal) && subject.IndexOf('.', Inbox.Length) is > 0 and int end)
        {
            return subject[..end] + ".>";
        }

        string[] all = [$"$KV.{address.Bucket}.", $"$JS.API.CONSUMER.CREATE.KV_{address.Bucket}.", $"$JS.FC.KV_{address.Bucket}."];
        return all.FirstOrDefault(one => subject.StartsWith(one, StringComparison.Ordinal)) is { } covered ? covered + ">" : subject;
    }

    [GeneratedRegex("Permissions Violation for (Publish|Subscription) to \"([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Violation();
}
