using System.Text.Json;

namespace NatsKeys.Server;

/// <content>Requests about the accounts that servers use.</content>
internal sealed partial class SystemAccountClient
{
    /// <summary>Gets how each server uses an account.</summary>
    /// <param name="publicKey">The public key of the account.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="NatsKeysException">
    /// The connection was lost. <see cref="ErrorCode.ServerRefused"/>: the user may not ask. <see cref="ErrorCode.ServersMissing"/>: a server did not
    /// answer.
    /// </exception>
    internal async Task<IReadOnlyList<UsedAccount>> UsedAsync(string publicKey, CancellationToken cancellation)
    {
        ServerReplies replies = await AskOfAccountAsync(publicKey, cancellation).ConfigureAwait(false);
        UsedAccount[] found = [.. Known(replies)
            .Select(reply => new UsedAccount(reply.Server, ServerReply.Member(reply.Data, "account_detail")))
            .OrderBy(account => account.Server.Name, StringComparer.Ordinal)];
        if (found.Length == 0 && replies.Refusal is { } refusal)
        {
            throw new NatsKeysException(ErrorCode.ServerRefused, $"The user '{credential}' may not ask how servers use accounts: {refusal}.");
        }

        string[] silent = [.. survey.Servers
            .Where(server => found.All(account => account.Server.Id != server.Id)).Select(server => server.ToString())];
        return silent.Length == 0 ? found : throw new NatsKeysException(
            ErrorCode.ServersMissing, $"It is unknown how {Some(silent)} use the account {publicKey}: there was no answer within the timeout.");
    }

    /// <summary>The public keys of the accounts that servers without a store have loaded now. No server reports its other accounts.</summary>
    /// <param name="cancellation">Cancels the wait.</param>
    internal async Task<IReadOnlyList<string>> LoadedAsync(CancellationToken cancellation)
    {
        if (survey.WithoutStore.Count == 0)
        {
            return [];
        }

        HashSet<string> asked = [.. survey.WithoutStore.Select(server => server.Id)];
        ServerReplies replies = await link.AskAsync(SystemSubjects.Accounts, [], IsComplete(survey.Servers), cancellation).ConfigureAwait(false);
        return [.. Known(replies)
            .Where(reply => asked.Contains(reply.Server.Id))
            .SelectMany(reply => ServerReply.Texts(ServerReply.Member(reply.Data, "accounts")))
            .Where(key => Keys.PublicNkey.Is(key, Keys.NatsKeyType.Account))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The public keys of the accounts whose tokens on a server were signed by a key.</summary>
    /// <param name="issuer">The key.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    internal async Task<IReadOnlySet<string>> SignedByAsync(string issuer, CancellationToken cancellation)
    {
        var signed = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] page in Accounts.Union(await LoadedAsync(cancellation).ConfigureAwait(false)).Chunk(AccountPublisher.PageSize))
        {
            IReadOnlyList<HeldToken>[] found = await FindAsync(page, cancellation).ConfigureAwait(false);
            signed.UnionWith(page.Zip(found).Where(pair => pair.Second.Any(token => token.Read()?.Issuer == issuer)).Select(pair => pair.First));
        }

        return signed;
    }

    private Task<ServerReplies> AskOfAccountAsync(string publicKey, CancellationToken cancellation) => link.AskAsync(
        SystemSubjects.Accounts,
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["account"] = publicKey }),
        IsComplete(survey.Servers),
        cancellation);
}
