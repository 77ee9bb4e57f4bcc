using System.Text;
using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <content>Requests that change the accounts on servers.</content>
internal sealed partial class SystemAccountClient
{
    private const int MostNamed = 20;

    /// <summary>Asks the servers, once for each connection, for their operators. Some do not report them.</summary>
    internal async Task LearnTrustAsync(CancellationToken cancellation)
    {
        if (trusted is null)
        {
            ServerReplies replies = await link.AskAsync(SystemSubjects.Variables, [], IsComplete(survey.Servers), cancellation).ConfigureAwait(false);
            trusted = [.. Known(replies)
                .Select(reply => (reply.Server, Tokens: ServerReply.Texts(ServerReply.Member(reply.Data, "trusted_operators_jwt")).ToArray()))
                .Select(server => (server.Server, Keys: ServerTrust.KeysOf(server.Tokens), (IReadOnlyList<NatsJwt>)
                    [.. server.Tokens.Select(JwtReader.TryRead).OfType<NatsJwt>().Where(token => token.Kind == ClaimKind.Operator)]))
                .Where(server => server.Keys.Count > 0)];
        }
    }

    /// <summary>The operators that servers report. Each token is returned once.</summary>
    internal IReadOnlyList<NatsJwt> Operators =>
        [.. (trusted ?? []).SelectMany(server => server.Operators).DistinctBy(token => token.Token)];

    /// <summary>The servers that were started with an older token of an operator and trust a key that it no longer lists.</summary>
    /// <param name="owner">The operator in the store.</param>
    internal IReadOnlyList<ServerInformation> TrustingOldKeys(NatsOperator owner)
    {
        HashSet<string> keys = [.. Signers.Of(owner.Claims)];
        return [.. (trusted ?? [])
            .Where(server => server.Operators.Any(token =>
                Signers.Of((OperatorClaims)token.Claims).ToArray() is var told
                && (token.Name == owner.Claims.Name || told.Any(keys.Contains))
                && !told.All(keys.Contains)))
            .Select(server => server.Server)
            .OrderBy(server => server.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The servers that do not trust a key, as far as they report it. They would accept an account that it signed, and then refuse its users.
    /// </summary>
    /// <param name="issuer">The public key.</param>
    internal IReadOnlyList<ServerInformation> Distrusting(string issuer) =>
        [.. (trusted ?? [])
            .Where(server => !server.Keys.Contains(issuer))
            .Select(server => server.Server)
            .OrderBy(server => server.Name, StringComparer.Ordinal)];

    /// <summary>Sends the token of an account to all servers.</summary>
    /// <param name="account">The account.</param>
    /// <param name="token">The token.</param>
    /// <param name="cancellation">Cancels the wait.</param>
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

        // The general subject is for servers that store accounts. All kinds of servers answer on the subject of the account, which had another name
        // at first.
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
            // If the key of this connection's user is no longer listed, the first server that learns this ends the connection, maybe before all have
            // answered. The token is then sent again, which does no harm.
            await RefreshAsync(cancellation).ConfigureAwait(false);
            return await RequestAsync(subjects, body, [account], servers, isDeletion: false, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes accounts from all servers that store accounts.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="request">The signed request.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    internal Task<ServerAnswers> DeleteAsync(IReadOnlyList<ServerAccount> accounts, string request, CancellationToken cancellation) =>
        RequestAsync([SystemSubjects.Delete], Encoding.ASCII.GetBytes(request), accounts, survey.Keepers, isDeletion: true, cancellation);

    /// <summary>Sends a request to the first of several subjects that has a listener.</summary>
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

    /// <summary>One answer of each server that was known when the connection was made. Other and repeated answers are ignored.</summary>
    private IEnumerable<ServerReply> Known(ServerReplies replies)
    {
        HashSet<string> ids = [.. survey.Servers.Select(server => server.Id)];
        return ServerReply.Read(replies.Messages).Where(reply => ids.Remove(reply.Server.Id));
    }

    /// <summary>Whether all servers that are worth waiting for have answered.</summary>
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
        ShortList.Of(names.Take(MostNamed), names.Length - MostNamed, between, between);

    private NatsKeysException? Missing(string what, ServerAnswer[] answers, IReadOnlyList<ServerInformation> expected)
    {
        IReadOnlyList<ServerInformation> missing = survey.MarkAnswered(expected, [.. answers.Select(answer => answer.Server.Id)]);
        return missing.Count == 0 ? null : new NatsKeysException(
            ErrorCode.ServersMissing,
            $"The request for {what} was answered by {Some([.. answers.Select(answer => answer.Server.ToString()).Distinct()])}, but not by "
                + $"{Some([.. missing.Select(server => server.ToString())])}.");
    }
}
