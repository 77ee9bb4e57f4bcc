using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Connects as a user, and asks the server for the user's permissions.</summary>
internal static class ConnectionTester
{
    /// <summary>Connects. A refusal by the server is a result, not an error.</summary>
    /// <param name="options">The servers and the timeout.</param>
    /// <param name="credential">The credentials.</param>
    /// <param name="findOwner">Returns the user's operator in the store, to explain a refusal; null if the store does not have it.</param>
    /// <param name="asksPermissions">Whether to ask the server for the permissions. If the user may not ask, the server logs an error.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidServer"/>, <see cref="ErrorCode.InvalidCertificate"/> or <see cref="ErrorCode.FileNotFound"/>: no connection was
    /// attempted.
    /// </exception>
    public static async Task<ConnectionTestResult> RunAsync(
        ServerOptions options, NatsCredential credential, Func<NatsOperator?> findOwner, bool asksPermissions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(findOwner);
        var report = new ConnectionTestResult(credential.ToString(), SecretShape.Mask(options.ToString()));
        try
        {
            await using ServerLink link = await ServerLink.ConnectAsync(options, credential, cancellation).ConfigureAwait(false);
            report = report with { Server = link.Server, RoundTrip = await link.PingAsync(cancellation).ConfigureAwait(false) };
            if (!link.AsksForCredentials)
            {
                return report with
                {
                    IsOpen = true,
                    Reason = $"The server at {options} does not require credentials, so these were not checked. It admits everyone and runs "
                        + "without the configuration of the operator.",
                };
            }

            report = report with { Succeeded = true };
            if (!asksPermissions)
            {
                return report;
            }

            ServerReplies replies = await link.AskAsync(SystemSubjects.UserInfo, [], _ => true, cancellation).ConfigureAwait(false);
            return ServerReply.Read(replies.Messages).FirstOrDefault() is { Data.ValueKind: JsonValueKind.Object } reply
                ? Add(report, reply.Data, options.Clock.GetUtcNow())
                : report with { Missing = WhyMissing(link.Server, replies) };
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.ServerRefused)
        {
            (string why, Remedy? remedy) = RefusalFinder.Explain(credential, findOwner(), ConnectionTypeOf(options), options.Clock.GetUtcNow());
            return report with { Succeeded = false, Reason = $"{error.Message} {why}", Remedy = remedy };
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.ServerUnreachable)
        {
            return report with { Succeeded = false, Reason = error.Message, Remedy = error.Remedy };
        }
    }

    private static string ConnectionTypeOf(ServerOptions options) =>
        options.Urls.All(url => url.StartsWith("ws", StringComparison.OrdinalIgnoreCase)) ? "WEBSOCKET" : "STANDARD";

    private static string WhyMissing(ServerInformation server, ServerReplies replies) => replies switch
    {
        { Refusal: { } refusal } => $"The permissions are unknown: the user may not request them from the server ({refusal}).",
        { NobodyListens: true } when ServerVersion.TryParse(server.Version, out ServerVersion version) && !version.Has(ServerFeature.UserInfo) =>
            $"The permissions are unknown: servers of version {version} do not report them.",
        _ => "The permissions are unknown: the server did not answer the request for them.",
    };

    private static ConnectionTestResult Add(ConnectionTestResult report, JsonElement user, DateTimeOffset now)
    {
        JsonElement permissions = ServerReply.Member(user, "permissions");
        long nanoseconds = ServerReply.Number(user, "expires");
        return report with
        {
            PublicKey = ServerReply.Text(user, "user"),
            Account = ServerReply.Text(user, "account"),
            Permissions = new Permissions
            {
                Pub = Subjects(ServerReply.Member(permissions, "publish")),
                Sub = Subjects(ServerReply.Member(permissions, "subscribe")),
                Resp = ServerReply.Member(permissions, "responses") is { ValueKind: JsonValueKind.Object } responses
                    ? new ResponsePermission { Max = ServerReply.Number(responses, "max"), Ttl = ServerReply.Number(responses, "ttl") }
                    : null,
            },
            Expires = nanoseconds > 0 ? now + TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null,
        };
    }

    private static SubjectPermission Subjects(JsonElement source) => new()
    {
        Allow = [.. ServerReply.Texts(ServerReply.Member(source, "allow"))],
        Deny = [.. ServerReply.Texts(ServerReply.Member(source, "deny"))],
    };
}
