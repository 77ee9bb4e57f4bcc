using System.Net.Sockets;
using NATS.Client.Core;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Makes the errors about connections that failed.</summary>
internal static class ConnectionFault
{
    /// <summary>Explains why a connection failed.</summary>
    /// <param name="options">The options of the connection.</param>
    /// <param name="credential">The user.</param>
    /// <param name="tls">The client side of TLS.</param>
    /// <param name="isBegun">Whether the client began to connect.</param>
    /// <param name="server">What the server said about itself; null if it said nothing.</param>
    /// <param name="error">The error of the client library.</param>
    /// <param name="logged">The error in the log of the client library; null if there is none.</param>
    public static NatsKeysException Of(
        ServerOptions options, NatsCredential credential, TlsClient tls, bool isBegun, INatsServerInfo? server, Exception error, Exception? logged)
    {
        bool wantsCertificate = server is { TlsVerify: true } && !tls.HasCertificate;
        bool isSilent = isBegun && server is null && options.Urls.All(url => !url.StartsWith("ws", StringComparison.OrdinalIgnoreCase));
        NatsKeysException fault = Plain(options, credential, error, logged);
        return fault.Code != ErrorCode.ServerUnreachable ? fault
            : tls.Refusal is { } refusal ? Unreachable(options, refusal, error)
            : wantsCertificate ? Unreachable(options, "the server requires a client certificate", error, Remedy.ProvideCertificate)
            : isSilent && !tls.HasMetServer && IsAnswered(logged ?? error) ? Disagreement(options, error)
            : tls is { HasMetServer: true, HasCertificate: false } && isSilent
                ? Unreachable(
                    options, "the server ended the TLS handshake. It may require a client certificate", error, Remedy.ProvideCertificate)
            : fault;
    }

    /// <summary>
    /// Whether a server may have accepted the connection but sent nothing, or something other than the protocol. If nothing listens at the address,
    /// the network reports an error instead.
    /// </summary>
    private static bool IsAnswered(Exception error) => error.GetBaseException() is not SocketException socket
        || socket.SocketErrorCode
            is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.OperationAborted or SocketError.Shutdown;

    /// <summary>Creates the error for the case that one side begins with TLS and the other one expects a greeting.</summary>
    private static NatsKeysException Disagreement(ServerOptions options, Exception error) => options.Tls.IsFirst
        ? Unreachable(options, "the TLS handshake did not complete. If there is a server, it may not expect TLS first", error)
        : Unreachable(options, "no greeting was received. If there is a server, it may expect TLS first", error, Remedy.StartWithTls);

    private static NatsKeysException Unreachable(ServerOptions options, string reason, Exception error, Remedy? remedy = null) =>
        new(ErrorCode.ServerUnreachable, $"No server could be reached at {options}: {reason}.", error) { Remedy = remedy };

    private static NatsKeysException Plain(ServerOptions options, NatsCredential credential, Exception error, Exception? logged)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is NatsServerException refusal)
            {
                return new NatsKeysException(
                    ErrorCode.ServerRefused, $"The server at {options} refused the user '{credential}': {MessageOf(refusal)}.", error);
            }
        }

        string reason = (logged ?? error).GetBaseException().Message.TrimEnd('.');
        return error is UriFormatException or ArgumentException
            ? new NatsKeysException(ErrorCode.InvalidServer, $"'{options}' is not a valid server address: {reason}.", error)
            : Unreachable(options, reason, error);
    }

    /// <summary>The server's message as it was sent. The library adds words before it, or changes it to lower case.</summary>
    private static string MessageOf(NatsServerException refusal) =>
        ServerReply.CutMessage(refusal.Message[(refusal.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
}
