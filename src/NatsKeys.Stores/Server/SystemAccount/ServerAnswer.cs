using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>The outcome of a request on one server.</summary>
public enum ServerOutcome : long
{
    /// <summary>The server did what was requested.</summary>
    Done,

    /// <summary>Nothing was sent, because the server has this token already.</summary>
    Unchanged,

    /// <summary>Nothing was done, because the server does not use the account now. A server that caches accounts gets it when it needs it.</summary>
    Skipped,

    /// <summary>The server refused.</summary>
    Refused,
}

/// <summary>A server's answer to the request to store or delete an account.</summary>
/// <param name="Account">The account below its operator, such as <c>O2/A</c>; its public key if it has no name.</param>
/// <param name="PublicKey">The public key of the account.</param>
/// <param name="Server">The server.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Message">The server's message.</param>
public sealed record ServerAnswer(string Account, string PublicKey, ServerInformation Server, ServerOutcome Outcome, string Message)
{
    /// <summary>The version of the server.</summary>
    public string Version => Server.Version;

    /// <summary>The server and its message.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Server}: {Message}");

    internal static ServerAnswer Of(ServerReply reply, ServerAccount account)
    {
        if (reply.Error is { } error)
        {
            return new ServerAnswer(account.Name, account.PublicKey, reply.Server, ServerOutcome.Refused, error);
        }

        // Only the server's message tells that it skipped the account.
        string message = reply.Message ?? "";
        ServerOutcome outcome = message.Contains("skipped", StringComparison.Ordinal) ? ServerOutcome.Skipped : ServerOutcome.Done;
        return new ServerAnswer(account.Name, account.PublicKey, reply.Server, outcome, message);
    }
}
