using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NATS.Client.Core;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>A connection to a server. What knows the client library is here, so that it is loaded only once somebody connects.</summary>
internal sealed class ServerLink : IAsyncDisposable
{
    // More servers than answer to one question, and more than all of them keep. What comes behind that is not waited for.
    private const int MostMessages = 4096;
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly ServerOptions options;
    private readonly TlsClient tls;
    private readonly NatsConnection connection;
    private readonly CancellationTokenSource lost = new();

    // The last words of the server, which explain why it ended the connection.
    private volatile string? words;

    // Who waits for answers.
    private readonly ConcurrentDictionary<Hearing, bool> waiting = new();

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

    /// <summary>Whether the server asks its clients who they are. One that does not lets everybody in.</summary>
    public bool AsksForCredentials => connection.ServerInfo!.AuthRequired || !string.IsNullOrEmpty(connection.ServerInfo.Nonce);

    /// <summary>The connection of the client library.</summary>
    public NatsConnection Connection => connection;

    /// <summary>Whether the connection ended.</summary>
    public bool IsLost => lost.IsCancellationRequested;

    /// <summary>Says that the connection ended.</summary>
    public CancellationToken Lost { get; }

    /// <summary>The longest message that the server takes, in bytes.</summary>
    public int MaximumPayload => connection.ServerInfo!.MaxPayload;

    /// <summary>The inbox under which a user gets its answers. Each user has one of its own, so that it need not hear those of others.</summary>
    public static string InboxOf(string publicKey) => $"_INBOX.{publicKey}";

    /// <summary>Connects as a user. Nothing of the credentials is written anywhere.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidServer"/>, <see cref="ErrorCode.ServerUnreachable"/>, or <see cref="ErrorCode.ServerRefused"/> with the words of
    /// the server.
    /// </exception>
    public static async Task<ServerLink> ConnectAsync(ServerOptions options, NatsCredential credential, CancellationToken cancellation)
    {
        using var log = new ConnectionLog();
        TlsClient tls = TlsClient.Open(options.Tls, options.Clock.GetUtcNow());
        ServerLink? link = null;
        try
        {
            link = new ServerLink(options, tls, Settings(options, tls, credential, new SingleSignIn(credential), log));
            await link.connection.ConnectAsync().AsTask().WaitAsync(options.Timeout, options.Clock, cancellation).ConfigureAwait(false);
            return link;
        }
        catch (Exception error) when (
            error is NatsException or TimeoutException or UriFormatException or ArgumentException or OperationCanceledException)
        {
            bool wantsCertificate = link?.connection.ServerInfo is { TlsVerify: true } && !tls.HasCertificate;
            bool isSilent = link is { connection.ServerInfo: null }
                && options.Urls.All(url => !url.StartsWith("ws", StringComparison.OrdinalIgnoreCase));
            if (link is not null)
            {
                await link.DisposeAsync().ConfigureAwait(false);
            }

            tls.Dispose();
            cancellation.ThrowIfCancellationRequested();
            NatsKeysException fault = Fault(options, credential, error, log.Fault);
            throw fault.Code != ErrorCode.ServerUnreachable ? fault
                : tls.Refusal is { } refusal ? Unreachable(options, refusal, error)
                : wantsCertificate ? Unreachable(options, "the server requires a client certificate", error, Remedy.ProvideCertificate)
                : isSilent && !tls.HasMetServer && IsAnswered(log.Fault ?? error) ? Disagreement(options, error)
                : tls is { HasMetServer: true, HasCertificate: false } && isSilent
                    ? Unreachable(
                        options, "the server ended the TLS handshake. It may require a client certificate", error, Remedy.ProvideCertificate)
                : fault;
        }
    }

    /// <summary>The time that a message needs to the server and back.</summary>
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

    /// <summary>Sends a request and collects answers until they are complete, or until the time is over.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="body">The request. Message headers are never sent: servers take them for a part of it.</param>
    /// <param name="isComplete">Whether nothing more is expected.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ServerUnreachable"/>: the connection was lost.</exception>
    public async Task<ServerReplies> AskAsync(
        string subject, byte[] body, Func<IReadOnlyList<byte[]>, bool> isComplete, CancellationToken cancellation)
    {
        var messages = new List<byte[]>();
        long bytes = 0;
        string inbox = connection.NewInbox();
        using var timeout = new CancellationTokenSource(options.Timeout, options.Clock);
        using Hearing waiter = Hear($"{subject}\"");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token, waiter.Token, lost.Token);
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
                    $"The connection to {options} was lost while waiting for an answer from {subject}{(words is null ? "" : $": {words}")}.",
                    error);
            }
        }

        return new ServerReplies(messages) { Refusal = waiter.Refusal };
    }

    /// <summary>Gives what comes on some subjects, until it is cancelled or the connection is lost.</summary>
    /// <param name="subjects">The subjects.</param>
    /// <param name="cancellation">Ends the listening.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ServerRefused"/>: the user may not listen to one of them.</exception>
    public async IAsyncEnumerable<(string Subject, byte[] Message)> ListenAsync(
        IReadOnlyList<string> subjects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using Hearing refused = Hear($"{subjects[0]}\"");
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

        if (refused.Refusal is { } words)
        {
            throw new NatsKeysException(ErrorCode.ServerRefused, $"The server at {options} does not let the user listen: {words}.");
        }
    }

    /// <summary>Notes from now on whether the server lets something through, until it is disposed.</summary>
    /// <param name="subject">What the subjects begin with that are meant.</param>
    public Hearing Hear(string subject)
    {
        var one = new Hearing($"\"{subject}", connection.Opts.InboxPrefix, ended => waiting.TryRemove(ended, out _));
        waiting[one] = true;
        return one;
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

    /// <summary>
    /// Whether somebody may have been there, who then said nothing, or nothing that belongs to the protocol. Where nobody listens, the network
    /// says so.
    /// </summary>
    private static bool IsAnswered(Exception error) => error.GetBaseException() is not SocketException socket
        || socket.SocketErrorCode
            is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.OperationAborted or SocketError.Shutdown;

    /// <summary>The error where one side begins with TLS, and the other waits for a greeting.</summary>
    private static NatsKeysException Disagreement(ServerOptions options, Exception error) => options.Tls.IsFirst
        ? Unreachable(options, "no TLS handshake came about. If a server is there, it may not expect TLS first", error)
        : Unreachable(options, "no greeting came. If a server is there, it may expect TLS first", error, Remedy.StartWithTls);

    private static NatsKeysException Unreachable(ServerOptions options, string reason, Exception error, Remedy? remedy = null) =>
        new(ErrorCode.ServerUnreachable, $"No server could be reached at {options}: {reason}.", error) { Remedy = remedy };

    private static NatsKeysException Fault(ServerOptions options, NatsCredential credential, Exception error, Exception? logged)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is NatsServerException refusal)
            {
                return new NatsKeysException(
                    ErrorCode.ServerRefused, $"The server at {options} refused the user '{credential}': {WordsOf(refusal)}.", error);
            }
        }

        string reason = (logged ?? error).GetBaseException().Message.TrimEnd('.');
        return error is UriFormatException or ArgumentException
            ? new NatsKeysException(ErrorCode.InvalidServer, $"'{options}' is not a valid server address: {reason}.", error)
            : Unreachable(options, reason, error);
    }

    /// <summary>The words as the server wrote them: the library has them with a few of its own in front, or in small letters.</summary>
    private static string WordsOf(NatsServerException refusal) =>
        ServerReply.CutWords(refusal.Message[(refusal.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());

    private ValueTask OnDisconnected(object? sender, NatsEventArgs arguments)
    {
        lost.Cancel();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the waiting for what the server did not let through.</summary>
    private ValueTask OnServerError(object? sender, NatsServerErrorEventArgs arguments)
    {
        words = ServerReply.CutWords(arguments.Error);
        foreach (Hearing one in waiting.Keys)
        {
            one.Hear(words);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Gives the credentials to the client library once: a connection that is lost is not taken up again behind our back. The library takes
    /// seeds as texts alone; this one lives no longer than the answer to the server's question takes.
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
