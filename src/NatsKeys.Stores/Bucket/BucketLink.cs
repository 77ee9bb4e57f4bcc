using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// The connection to a bucket, which the stores of a process share. A connection that is lost is made again, as a cluster that loses a server goes
/// on with the others; what changes nothing is then asked again.
/// </summary>
/// <param name="address">The bucket.</param>
/// <param name="options">How the servers are reached.</param>
/// <param name="credential">Opens the credentials, each time that a connection is made.</param>
internal sealed class BucketLink(BucketAddress address, ServerOptions options, Func<NatsCredential> credential) : IAsyncDisposable
{
    // A cluster that lost a server elects another one within seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A server that is started again is there within seconds.
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

    /// <summary>Who writes: the user by its name, and the machine.</summary>
    public string By => $"{user ?? "?"}@{Environment.MachineName}";

    /// <summary>How long one answer is waited for.</summary>
    public TimeSpan Timeout => options.Timeout;

    /// <summary>Whether servers were reached once: then they may come back.</summary>
    public bool WasConnected { get; private set; }

    /// <summary>How long nobody has asked anything; nothing while somebody watches.</summary>
    public TimeSpan Idle => Volatile.Read(ref watches) > 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Volatile.Read(ref lastUse));

    /// <summary>The stream that is the bucket.</summary>
    public string Stream { get; } = "KV_" + address.Bucket;

    /// <summary>What the subjects of all its keys begin with.</summary>
    public string Prefix { get; } = $"$KV.{address.Bucket}.";

    /// <summary>Has the connection stay while somebody watches; <see cref="EndWatch"/> ends that.</summary>
    public void BeginWatch() => Interlocked.Increment(ref watches);

    /// <summary>Ends what <see cref="BeginWatch"/> began.</summary>
    public void EndWatch()
    {
        Interlocked.Decrement(ref watches);
        Volatile.Write(ref lastUse, Stopwatch.GetTimestamp());
    }

    /// <summary>Asks what changes nothing, again and again while servers come and go.</summary>
    /// <param name="subject">What the subjects of the questions begin with.</param>
    /// <param name="work">Asks, over a connection.</param>
    /// <param name="cancellation">Ends the waiting; where it cannot, the caller's reads do.</param>
    /// <param name="isPatient">Whether it is tried for long, whatever the servers do.</param>
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
            RefusalWatch? hearing = null;
            try
            {
                current = await ConnectAsync(cancellation).ConfigureAwait(false);
                hearing = current.Link.WatchRefusals(subject);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, hearing.Token, current.Link.Lost);
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
                if (hearing?.Refusal is { } refusal)
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
                hearing?.Dispose();
            }
        }
    }

    /// <summary>The connection, which is made where there is none.</summary>
    /// <exception cref="NatsKeysException">No server is reached, or it does not let the user in.</exception>
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

    /// <summary>Closes a connection that failed, unless there is another one already.</summary>
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

    /// <summary>Closes the connection, which is made again when it is needed.</summary>
    public async Task RestAsync()
    {
        try
        {
            await DropAsync(session).ConfigureAwait(false);
        }
        catch (Exception error) when (BucketFaults.IsTransient(error))
        {
            // It is gone then.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync(session).ConfigureAwait(false);
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
