using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>What became of a request at one server.</summary>
public enum ServerOutcome : long
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>Nothing was sent, because the server has this token already.</summary>
    Unchanged,

    /// <summary>Nothing was done, because the server does not use the account now. One that caches accounts gets it when it needs it.</summary>
    Skipped,

    /// <summary>The server refused.</summary>
    Refused,
}

/// <summary>The answer of one server to the request to take or to delete an account.</summary>
/// <param name="Account">The account below its operator, such as <c>O2/A</c>; its public key where it has no name here.</param>
/// <param name="PublicKey">The public key of the account.</param>
/// <param name="Server">The server.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">The server's words.</param>
public sealed record ServerAnswer(string Account, string PublicKey, ServerInformation Server, ServerOutcome Outcome, string Message)
{
    /// <summary>The version of the server.</summary>
    public string Version => Server.Version;

    /// <summary>The server and its words.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Server}: {Message}");

    internal static ServerAnswer Of(ServerReply reply, ServerAccount account)
    {
        if (reply.Error is { } error)
        {
            return new ServerAnswer(account.Name, account.PublicKey, reply.Server, ServerOutcome.Refused, error);
        }

        // That it skipped the account, a server tells by its words alone.
        string words = reply.Words ?? "";
        ServerOutcome outcome = words.Contains("skipped", StringComparison.Ordinal) ? ServerOutcome.Skipped : ServerOutcome.Done;
        return new ServerAnswer(account.Name, account.PublicKey, reply.Server, outcome, words);
    }
}
