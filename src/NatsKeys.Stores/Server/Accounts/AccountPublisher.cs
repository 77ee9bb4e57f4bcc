using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Publishes accounts to servers.</summary>
internal static class AccountPublisher
{
    /// <summary>The number of accounts that are published at the same time.</summary>
    public const int PageSize = 64;

    /// <summary>Publishes accounts to all servers, all at the same time. No account may appear twice.</summary>
    /// <param name="client">The client of the servers.</param>
    /// <param name="publications">The accounts.</param>
    /// <param name="force">Whether to replace newer tokens on servers, and not to check whether servers trust the issuer.</param>
    /// <param name="onlyChanged">Whether to skip accounts that all servers already have.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The answers for each account, in the same order.</returns>
    public static async Task<IReadOnlyList<ServerAnswers>> PublishAsync(
        SystemAccountClient client, IReadOnlyList<PublishableAccount> publications, bool force, bool onlyChanged, CancellationToken cancellation)
    {
        await client.RefreshAsync(cancellation).ConfigureAwait(false);
        if (!force)
        {
            await client.LearnTrustAsync(cancellation).ConfigureAwait(false);
        }

        // The system account is published last and alone: if it no longer lists the key of our own user, servers end this connection.
        var answers = new ServerAnswers[publications.Count];
        foreach (bool isSystem in (bool[])[false, true])
        {
            int[] batch = [.. Enumerable.Range(0, publications.Count).Where(index => publications[index].Account.IsSystemAccount == isSystem)];
            ServerAnswers[] found = await Task.WhenAll(
                batch.Select(index => PublishAsync(client, publications[index], force, onlyChanged, cancellation))).ConfigureAwait(false);
            for (int number = 0; number < batch.Length; number++)
            {
                answers[batch[number]] = found[number];
            }
        }

        return answers;
    }

    private static async Task<ServerAnswers> PublishAsync(
        SystemAccountClient client, PublishableAccount publication, bool force, bool onlyChanged, CancellationToken cancellation)
    {
        try
        {
            // With force, the tokens on the servers do not matter.
            IReadOnlyList<HeldToken> held = force
                ? []
                : await client.FindAsync(publication.Token.Subject!, cancellation).ConfigureAwait(false);
            NatsKeysException? obstacle = force
                ? null
                : FindDistrust(client, publication) ?? FindRefusal(client, publication) ?? FindNewer(publication, held);
            if (obstacle is null && onlyChanged && held.Count > 0 && held.All(token => token.Text == publication.Token.Token))
            {
                return Unchanged(client, publication);
            }

            return obstacle is not null
                ? new ServerAnswers([], obstacle)
                : await client.UpdateAsync(ServerAccount.Of(publication.Account), publication.Token.Token, cancellation).ConfigureAwait(false);
        }
        catch (NatsKeysException error)
        {
            return new ServerAnswers([], error);
        }
    }

    private static ServerAnswers Unchanged(SystemAccountClient client, PublishableAccount publication)
    {
        ServerAccount account = ServerAccount.Of(publication.Account);
        return new ServerAnswers(
            [.. client.Servers.Select(server =>
                new ServerAnswer(account.Name, account.PublicKey, server, ServerOutcome.Unchanged, "the server has it"))],
            Problem: null);
    }

    private static NatsKeysException? FindDistrust(SystemAccountClient client, PublishableAccount publication)
    {
        IReadOnlyList<ServerInformation> servers = client.Distrusting(publication.Token.Issuer!);
        return servers.Count == 0 ? null : new NatsKeysException(
            ErrorCode.CannotPublish,
            $"The {publication.Account.Path} was signed by {publication.Token.Issuer}, which is not a key of the operator of these servers: "
                + $"{string.Join(", ", servers)}. Nothing was sent. Restart them with the current operator token, or check that they "
                    + "are the right servers.");
    }

    /// <summary>
    /// Returns an error if servers would refuse the account. Their resolvers accept its token, but they refuse the whole account when it is used.
    /// </summary>
    private static NatsKeysException? FindRefusal(SystemAccountClient client, PublishableAccount publication)
    {
        IReadOnlyList<Finding> found = ServerFit.Refusals(
            (AccountClaims)publication.Token.Claims, client.Servers, publication.Account.Store.Clock.GetUtcNow());
        return found.Count == 0 ? null : new NatsKeysException(
            ErrorCode.CannotPublish,
            $"Some servers would reject the {publication.Account.Path}: {Findings.Show(found)}. Nothing was sent. Correct the account, or upgrade "
                + "these servers.");
    }

    /// <summary>
    /// Returns an error if a server has a newer token, because servers would replace it with the older one. Tokens that were not signed by a key of
    /// the operator do not count.
    /// </summary>
    private static NatsKeysException? FindNewer(PublishableAccount publication, IReadOnlyList<HeldToken> found)
    {
        NatsOperator owner = publication.Account.Parent;
        foreach (HeldToken held in found.Where(held => held.Text != publication.Token.Token))
        {
            if (held.Read() is { } other
                && HeldToken.IsOf(owner, publication.Token.Subject!, other)
                && other.Claims.IssuedAt > publication.Token.Claims.IssuedAt)
            {
                bool isFuture = Revocations.IsFuture(other.IssuedAt, publication.Account.Store.Clock.GetUtcNow());
                return new NatsKeysException(
                    ErrorCode.ServerNewer,
                    $"The server {held.Server} has the {publication.Account.Path} as signed at "
                        + $"{other.IssuedAt:u}{(isFuture ? " (in the future)" : "")} by {other.Issuer}, which is newer than "
                        + $"{publication.Token.IssuedAt:u}. Nothing was sent.")
                {
                    Remedy = isFuture ? Remedy.ReplaceOnServers : Remedy.ReceiveAccount,
                };
            }
        }

        return null;
    }
}
