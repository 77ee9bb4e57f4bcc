using System.Text;
using NatsKeys.Inspection;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <content>Requests that change what servers have.</content>
internal sealed partial class SystemAccountClient
{
    private const int MostNamed = 20;

    /// <summary>Asks the servers, once for each connection, with which operators they were started. Some do not tell.</summary>
    internal async Task LearnTrustAsync(CancellationToken cancellation)
    {
        if (trusted is null)
        {
            ServerReplies replies = await link.AskAsync(SystemSubjects.Variables, [], IsComplete(survey.Servers), cancellation).ConfigureAwait(false);
            trusted = [.. Known(replies)
                .Select(reply => (reply.Server, Keys: ServerTrust.KeysOf(ServerReply.Texts(ServerReply.Member(reply.Data, "trusted_operators_jwt")))))
                .Where(server => server.Keys.Count > 0)];
        }
    }

    /// <summary>The servers that do not trust a key, as far as they report it. They would accept what it signed, and then refuse everybody.</summary>
    /// <param name="issuer">The public key.</param>
    internal IReadOnlyList<ServerInformation> Distrusting(string issuer) =>
        [.. (trusted ?? [])
            .Where(server => !server.Keys.Contains(issuer))
            .Select(server => server.Server)
            .OrderBy(server => server.Name, StringComparer.Ordinal)];

    /// <summary>Gives the token of an account to all servers.</summary>
    /// <param name="account">The account.</param>
    /// <param name="token">The token.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal async Task<ServerAnswers> UpdateAsync(ServerAccount account, string token, CancellationToken cancellation)
    {
        byte[] body = Encoding.ASCII.GetBytes(token);
        if (body.Length > link.MaximumPayload)
        {
            return new ServerAnswers([], new NatsKeysException(
                ErrorCode.CannotPublish,
                $"The token of the {account} has {body.Length} bytes, but servers accept at most {link.MaximumPayload} bytes a message. Nothing was "
                    + "sent."));
        }

        // The general subject is for servers that keep accounts. On the one of the account all kinds answer; at first it had another name.
        IReadOnlyList<ServerInformation> servers = survey.Servers;
        string[] subjects = survey.Keepers.Count == servers.Count
            ? [SystemSubjects.Update]
            : [SystemSubjects.UpdateOf(account.PublicKey), SystemSubjects.OldUpdateOf(account.PublicKey)];
        try
        {
            return await RequestAsync(subjects, body, [account], servers, isDeletion: false, cancellation).ConfigureAwait(false);
        }
        catch (NatsKeysException) when (link.IsLost && account.PublicKey == credential.IssuerAccount)
        {
            // The first server that learns that the key of this connection's user has left ends the connection, maybe before all have answered.
            // Taken twice, a token does no harm.
            await RefreshAsync(cancellation).ConfigureAwait(false);
            return await RequestAsync(subjects, body, [account], servers, isDeletion: false, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes accounts away from all servers that keep accounts.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="request">The signed request.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal Task<ServerAnswers> DeleteAsync(IReadOnlyList<ServerAccount> accounts, string request, CancellationToken cancellation) =>
        RequestAsync([SystemSubjects.Delete], Encoding.ASCII.GetBytes(request), accounts, survey.Keepers, isDeletion: true, cancellation);

    /// <summary>Sends a request to the first of some subjects on which somebody listens.</summary>
    private async Task<ServerAnswers> RequestAsync(
        string[] subjects,
        byte[] body,
        IReadOnlyList<ServerAccount> accounts,
        IReadOnlyList<ServerInformation> expected,
        bool isDeletion,
        CancellationToken cancellation)
    {
        string what = accounts.Count == 1 ? $"the {accounts[0]}" : $"{accounts.Count} accounts";
        var replies = new ServerReplies([]) { NobodyListens = true };
        for (int index = 0; index < subjects.Length && replies.NobodyListens; index++)
        {
            replies = await link.AskAsync(subjects[index], body, IsComplete(expected), cancellation).ConfigureAwait(false);
        }

        ServerAnswer[] answers = [.. Known(replies)
            .SelectMany(reply => accounts.Select(account => ServerAnswer.Of(reply, account)))
            .OrderBy(answer => answer.Server.Name, StringComparer.Ordinal)];
        if (answers.Length == 0)
        {
            return new ServerAnswers([], replies.Refusal is { } refusal
                ? new NatsKeysException(ErrorCode.ServerRefused, $"The request for {what} was refused: {refusal}.")
                : new NatsKeysException(
                    ErrorCode.NoAnswer,
                    $"No server answered the request for {what}{(replies.NobodyListens ? ": none has a resolver that accepts it" : "")}."));
        }

        foreach (ServerAnswer answer in answers)
        {
            survey.MarkDone(answer, isDeletion);
        }

        NatsKeysException? missing = Missing(what, answers, expected);
        return new ServerAnswers(answers, Refused(what, answers) ?? missing);
    }

    /// <summary>
    /// One answer of each server that was there when the connection was made. Whoever answers for others, or more than once, is not heard.
    /// </summary>
    private IEnumerable<ServerReply> Known(ServerReplies replies)
    {
        HashSet<string> ids = [.. survey.Servers.Select(server => server.Id)];
        return ServerReply.Read(replies.Messages).Where(reply => ids.Remove(reply.Server.Id));
    }

    /// <summary>Whether everybody answered for whom is worth waiting.</summary>
    private Func<IReadOnlyList<byte[]>, bool> IsComplete(IReadOnlyList<ServerInformation> expected)
    {
        HashSet<string> left = [.. survey.Awaited(expected)];
        return messages =>
        {
            left.Remove(ServerReply.Read(messages[^1])?.Server.Id ?? "");
            return left.Count == 0;
        };
    }

    private static NatsKeysException? Refused(string what, ServerAnswer[] answers)
    {
        string[] refusals = [.. answers.Where(answer => answer.Outcome == ServerOutcome.Refused).Select(answer => answer.ToString()).Distinct()];
        return refusals.Length == 0
            ? null
            : new NatsKeysException(ErrorCode.ServerRefused, $"The request for {what} was refused. {Some(refusals, "; ")}.");
    }

    private static string Some(string[] names, string between = ", ") =>
        string.Join(between, names.Take(MostNamed)) + (names.Length > MostNamed ? $"{between}and {names.Length - MostNamed} more" : "");

    private NatsKeysException? Missing(string what, ServerAnswer[] answers, IReadOnlyList<ServerInformation> expected)
    {
        IReadOnlyList<ServerInformation> missing = survey.MarkHeard(expected, [.. answers.Select(answer => answer.Server.Id)]);
        return missing.Count == 0 ? null : new NatsKeysException(
            ErrorCode.ServersMissing,
            $"The request for {what} was answered by {Some([.. answers.Select(answer => answer.Server.ToString()).Distinct()])}, but not by "
                + $"{Some([.. missing.Select(server => server.ToString())])}.");
    }
}
