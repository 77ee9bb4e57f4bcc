using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// The connection to a bucket, which the stores of a process share. A lost connection is restored, because a cluster that loses a server continues
/// with the others. Requests that change nothing are then retried.
/// </summary>
/// <param name="address">The bucket.</param>
/// <param name="options">How to connect to the servers.</param>
/// <param name="credential">Opens the credentials for each connection.</param>
internal sealed class BucketLink(BucketAddress address, ServerOptions options, Func<NatsCredential> credential) : IAsyncDisposable
{
    // A cluster that lost its leader elects another within seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A server that is restarted is available within seconds.
    private static readonly TimeSpan ReconnectPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim connecting = new(1, 1);
    private BucketSession? session;
    private bool hasAnswered;
    private string? user;
    private long lastUse = Stopwatch.GetTimestamp();
    private int watches;

    public BucketAddress Address => address;

    public BucketFaults Faults { get; } = new(address);

    /// <summary>The author of changes: the name of the user, and the machine.</summary>
    public string By => $"{user ?? "?"}@{Environment.MachineName}";

    /// <summary>The timeout for an answer.</summary>
    public TimeSpan Timeout => options.Timeout;

    /// <summary>Whether servers were reached before. If so, they may come back.</summary>
    public bool WasConnected { get; private set; }

    /// <summary>The time since the last request; zero during a watch.</summary>
    public TimeSpan Idle => Volatile.Read(ref watches) > 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Volatile.Read(ref lastUse));

    /// <summary>The name of the bucket's stream.</summary>
    public string Stream { get; } = "KV_" + address.Bucket;

    /// <summary>The prefix of the subjects of all keys.</summary>
    public string Prefix { get; } = $"$KV.{address.Bucket}.";

    /// <summary>
    /// Creates a link with a connection of its own, for a delivery so long that answers would wait behind it. The caller disposes it.
    /// </summary>
    public BucketLink Beside() => new(address, options, credential) { WasConnected = WasConnected, hasAnswered = hasAnswered };

    /// <summary>Keeps the connection open until <see cref="EndWatch"/> is called.</summary>
    public void BeginWatch() => Interlocked.Increment(ref watches);

    /// <summary>Ends what <see cref="BeginWatch"/> started.</summary>
    public void EndWatch()
    {
        Interlocked.Decrement(ref watches);
        Volatile.Write(ref lastUse, Stopwatch.GetTimestamp());
    }

    /// <summary>Sends a request that changes nothing, and retries it while servers fail and recover.</summary>
    /// <param name="subject">The prefix of the subjects of the request.</param>
    /// <param name="work">Sends the request over a connection.</param>
    /// <param name="cancellation">Cancels the wait. If it cannot be cancelled, <see cref="ReadStop.Token"/> is used instead.</param>
    /// <param name="isPatient">Whether to use the long timeout for every failure.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.ServerRefused"/>, <see cref="ErrorCode.StoreNotFound"/>, or <see cref="ErrorCode.ServerUnreachable"/>.
    /// </exception>
    public async Task<T> AskAsync<T>(
        string subject, Func<BucketSession, CancellationToken, Task<T>> work, CancellationToken cancellation, bool isPatient = false)
    {
        long start = Stopwatch.GetTimestamp();
        if (!cancellation.CanBeCanceled)
        {
            cancellation = ReadStop.Token;
        }

        while (true)
        {
            BucketSession? current = null;
            RefusalWatch? watch = null;
            try
            {
                current = await ConnectAsync(cancellation).ConfigureAwait(false);
                watch = current.Link.WatchRefusals(subject);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, watch.Token, current.Link.Lost);
                end.CancelAfter(options.Timeout);
                T result = await work(current, end.Token).ConfigureAwait(false);
                hasAnswered = true;
                return result;
            }
            catch (NatsJSApiException error) when (!BucketFaults.IsTransient(error))
            {
                throw Faults.Of(error);
            }
            catch (Exception error) when (BucketFaults.IsTransient(error))
            {
                cancellation.ThrowIfCancellationRequested();
                if (watch?.Refusal is { } refusal)
                {
                    throw Faults.Refused(refusal, error);
                }

                TimeSpan patience = isPatient ? Patience
                    : current is null ? ReconnectPatience
                    : error is NatsNoRespondersException && !hasAnswered ? options.Timeout : Patience;
                if (Stopwatch.GetElapsedTime(start) > patience || !WasConnected)
                {
                    throw Faults.Unreachable(error);
                }

                if (current?.Link.IsLost != false)
                {
                    await DropAsync(current).ConfigureAwait(false);
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
            finally
            {
                watch?.Dispose();
            }
        }
    }

    /// <summary>Returns the connection, and connects if necessary.</summary>
    /// <exception cref="NatsKeysException">No server can be reached, or the servers reject the user.</exception>
    public async Task<BucketSession> ConnectAsync(CancellationToken cancellation)
    {
        await connecting.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            Volatile.Write(ref lastUse, Stopwatch.GetTimestamp());
            if (session is { Link.IsLost: false } current)
            {
                return current;
            }

            await CloseAsync().ConfigureAwait(false);
            using NatsCredential opened = credential();
            ServerLink link = await ServerLink.ConnectAsync(options, opened, cancellation).ConfigureAwait(false);
            user = opened.Token.Name;
            WasConnected = true;
            return session = new BucketSession(
                link, new NatsJSContext(link.Connection, new NatsJSOpts(link.Connection.Opts, requestTimeout: options.Timeout)));
        }
        finally
        {
            connecting.Release();
        }
    }

    /// <summary>Closes a connection that failed, unless it was already replaced.</summary>
    public async Task DropAsync(BucketSession? failed)
    {
        await connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            if (failed is not null && ReferenceEquals(session, failed))
            {
                await CloseAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            connecting.Release();
        }
    }

    /// <summary>Closes the connection until it is needed again.</summary>
    public async Task RestAsync()
    {
        try
        {
            await DropAsync(session).ConfigureAwait(false);
        }
        catch (Exception error) when (BucketFaults.IsTransient(error))
        {
            // The connection is already lost.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RestAsync().ConfigureAwait(false);
        connecting.Dispose();
    }

    private async Task CloseAsync()
    {
        if (session is { } current)
        {
            session = null;
            await current.Link.DisposeAsync().ConfigureAwait(false);
        }
    }
}
