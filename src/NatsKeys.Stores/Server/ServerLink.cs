using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NATS.Client.Core;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>A connection to a server. All uses of the client library are here, so that it is loaded only for a connection.</summary>
internal sealed class ServerLink : IAsyncDisposable
{
    // A limit that is higher than the number of servers that answer one request. Further messages are not awaited.
    private const int MostMessages = 4096;
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly ServerOptions options;
    private readonly TlsClient tls;
    private readonly NatsConnection connection;
    private readonly CancellationTokenSource lost = new();

    // The last error message of the server, which explains why it ended the connection.
    private volatile string? lastError;

    // The pending requests and subscriptions, which an error of the server may end.
    private readonly ConcurrentDictionary<RefusalWatch, bool> waiting = new();

    private ServerLink(ServerOptions options, TlsClient tls, NatsOpts settings)
    {
        this.options = options;
        this.tls = tls;
        Lost = lost.Token;
        connection = new NatsConnection(settings);
        connection.ConnectionDisconnected += OnDisconnected;
        connection.ServerError += OnServerError;
    }

    /// <summary>The server at the other end.</summary>
    public ServerInformation Server =>
        ServerReply.InformationOf(
            connection.ServerInfo!.Id, connection.ServerInfo.Name, connection.ServerInfo.Version, connection.ServerInfo.Cluster);

    /// <summary>Whether the server requires credentials. A server that does not accepts everybody.</summary>
    public bool AsksForCredentials => connection.ServerInfo!.AuthRequired || !string.IsNullOrEmpty(connection.ServerInfo.Nonce);

    /// <summary>The connection of the client library.</summary>
    public NatsConnection Connection => connection;

    /// <summary>Whether the connection ended.</summary>
    public bool IsLost => lost.IsCancellationRequested;

    /// <summary>Is canceled when the connection ends.</summary>
    public CancellationToken Lost { get; }

    /// <summary>The maximum size of a message, in bytes.</summary>
    public int MaximumPayload => connection.ServerInfo!.MaxPayload;

    /// <summary>The inbox prefix of a user. Each user has its own, so that no user needs permission to receive the answers to others.</summary>
    public static string InboxOf(string publicKey) => $"_INBOX.{publicKey}";

    /// <summary>Connects as a user. The credentials are not written anywhere.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidServer"/>, <see cref="ErrorCode.ServerUnreachable"/>, or <see cref="ErrorCode.ServerRefused"/> with the server's
    /// message.
    /// </exception>
    public static async Task<ServerLink> ConnectAsync(ServerOptions options, NatsCredential credential, CancellationToken cancellation)
    {
        using var log = new ConnectionLog();
        TlsClient tls = TlsClient.Open(options.Tls, options.Clock.GetUtcNow());
        ServerLink? link = null;
        try
        {
            link = new ServerLink(options, tls, Settings(options, tls, credential, new SingleSignIn(credential), log));

            // The client begins work here that lasts as long as the connection. In the context of the caller, such as that of a window, it would
            // belong to him: he could wait for it without an end.
            await Task.Run(() => link.connection.ConnectAsync().AsTask(), cancellation)
                .WaitAsync(options.Timeout, options.Clock, cancellation).ConfigureAwait(false);
            return link;
        }
        catch (Exception error) when (
            error is NatsException or TimeoutException or UriFormatException or ArgumentException or OperationCanceledException)
        {
            INatsServerInfo? server = link?.connection.ServerInfo;
            if (link is not null)
            {
                await link.DisposeAsync().ConfigureAwait(false);
            }

            tls.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw ConnectionFault.Of(options, credential, tls, link is not null, server, error, log.Fault);
        }
    }

    /// <summary>Measures the round-trip time of a message to the server.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ServerUnreachable"/>: the connection was lost.</exception>
    public async Task<TimeSpan> PingAsync(CancellationToken cancellation)
    {
        try
        {
            return await connection.PingAsync(cancellation).AsTask().WaitAsync(options.Timeout, options.Clock, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NatsException or TimeoutException)
        {
            throw new NatsKeysException(
                ErrorCode.ServerUnreachable, $"The server at {options} accepted the user, but did not answer: {error.Message}", error);
        }
    }

    /// <summary>Sends a request and collects answers until they are complete, or until the timeout.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="body">The request. Message headers are never sent, because servers read them as part of it.</param>
    /// <param name="isComplete">Whether the answers are complete.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ServerUnreachable"/>: the connection was lost.</exception>
    public async Task<ServerReplies> AskAsync(
        string subject, byte[] body, Func<IReadOnlyList<byte[]>, bool> isComplete, CancellationToken cancellation)
    {
        var messages = new List<byte[]>();
        long bytes = 0;
        string inbox = connection.NewInbox();
        using var timeout = new CancellationTokenSource(options.Timeout, options.Clock);
        using RefusalWatch watch = WatchRefusals($"{subject}\"");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token, watch.Token, lost.Token);
        try
        {
            await using INatsSub<byte[]> answers = await connection.SubscribeCoreAsync<byte[]>(
                inbox, cancellationToken: end.Token).ConfigureAwait(false);
            await connection.PublishAsync(subject, body, replyTo: inbox, cancellationToken: end.Token).ConfigureAwait(false);
            do
            {
                NatsMsg<byte[]> message = await answers.Msgs.ReadAsync(end.Token).ConfigureAwait(false);
                if (message.HasNoResponders)
                {
                    return new ServerReplies(messages) { NobodyListens = true };
                }

                messages.Add(message.Data ?? []);
                bytes += message.Data?.Length ?? 0;
            }
            while (!isComplete(messages) && messages.Count < MostMessages && bytes < MostBytes);
        }
        catch (Exception error) when (error is OperationCanceledException or NatsException)
        {
            cancellation.ThrowIfCancellationRequested();
            if (lost.IsCancellationRequested || error is NatsException)
            {
                throw new NatsKeysException(
                    ErrorCode.ServerUnreachable,
                    $"The connection to {options} was lost while waiting for an answer from {subject}{(lastError is null ? "" : $": {lastError}")}.",
                    error);
            }
        }

        return new ServerReplies(messages) { Refusal = watch.Refusal };
    }

    /// <summary>Subscribes to subjects and returns the messages, until it is canceled or the connection is lost.</summary>
    /// <param name="subjects">The subjects.</param>
    /// <param name="cancellation">Ends the subscriptions.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ServerRefused"/>: the user may not subscribe to one of the subjects.</exception>
    public async IAsyncEnumerable<(string Subject, byte[] Message)> ListenAsync(
        IReadOnlyList<string> subjects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using RefusalWatch refused = WatchRefusals([.. subjects.Select(subject => $"{subject}\"")]);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, refused.Token, lost.Token);
        var messages = Channel.CreateBounded<(string, byte[])>(MostMessages);
        Task[] listeners = [.. subjects.Select(subject => ForwardAsync(subject, messages.Writer, end.Token))];
        try
        {
            while (true)
            {
                (string, byte[]) message;
                try
                {
                    message = await messages.Reader.ReadAsync(end.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    break;
                }

                yield return message;
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(listeners).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (refused.Refusal is { } refusal)
        {
            throw new NatsKeysException(ErrorCode.ServerRefused, $"The server at {options} does not let the user subscribe: {refusal}.");
        }
    }

    /// <summary>Begins to watch whether the server refuses one of some subjects. The caller disposes the watch to end it.</summary>
    /// <param name="subjects">The beginnings of the subjects.</param>
    public RefusalWatch WatchRefusals(params IEnumerable<string> subjects)
    {
        string[] quoted = [.. subjects.Select(subject => $"\"{subject}")];
        var watch = new RefusalWatch(quoted, connection.Opts.InboxPrefix, ended => waiting.TryRemove(ended, out _));
        waiting[watch] = true;
        return watch;
    }

    public async ValueTask DisposeAsync()
    {
        connection.ConnectionDisconnected -= OnDisconnected;
        connection.ServerError -= OnServerError;
        await lost.CancelAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
        tls.Dispose();
        lost.Dispose();
    }

    private async Task ForwardAsync(string subject, ChannelWriter<(string Subject, byte[] Message)> target, CancellationToken cancellation)
    {
        await foreach (NatsMsg<byte[]> message in connection.SubscribeAsync<byte[]>(subject, cancellationToken: cancellation).ConfigureAwait(false))
        {
            await target.WriteAsync((message.Subject, message.Data ?? []), cancellation).ConfigureAwait(false);
        }
    }

    private static NatsOpts Settings(
        ServerOptions options, TlsClient tls, NatsCredential credential, SingleSignIn signIn, ConnectionLog log) => new()
    {
        Url = string.Join(',', options.Urls),
        NoRandomize = true,
        Name = "NatsKeys",
        LoggerFactory = log,
        InboxPrefix = InboxOf(credential.Subject!),
        ConnectTimeout = options.Timeout,
        RetryOnInitialConnect = false,
        MaxReconnectRetry = 1,
        SubPendingChannelFullMode = BoundedChannelFullMode.Wait,
        AuthOpts = new NatsAuthOpts { AuthCredCallback = (_, _) => signIn.Give() },
        TlsOpts = tls.Settings(),
        WebSocketOpts = tls.WebSocketSettings(),
    };

    private ValueTask OnDisconnected(object? sender, NatsEventArgs arguments)
    {
        lost.Cancel();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the wait for requests that the server refused.</summary>
    private ValueTask OnServerError(object? sender, NatsServerErrorEventArgs arguments)
    {
        lastError = ServerReply.CutMessage(arguments.Error);
        foreach (RefusalWatch watch in waiting.Keys)
        {
            watch.Inspect(lastError);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Provides the credentials to the client library once, so that a lost connection is not silently reestablished. The library accepts seeds only
    /// as strings. This string is released as soon as the server's challenge is answered.
    /// </summary>
    private sealed class SingleSignIn(NatsCredential credential)
    {
        private int given;

        public ValueTask<NatsAuthCred> Give() => Interlocked.Exchange(ref given, 1) == 0
            ? ValueTask.FromResult(
                NatsAuthCred.FromJwt(
                    credential.Token.Token, string.Create(KeyEncoding.SeedLength, credential.KeyPair, (text, key) => key.CopySeed(text))))
            : throw new NatsException("The connection was lost.");
    }
}
