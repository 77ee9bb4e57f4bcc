using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Gives accounts to servers.</summary>
internal static class AccountPublisher
{
    /// <summary>How many accounts are under way at once.</summary>
    public const int PageSize = 64;

    /// <summary>Gives some accounts to all servers, all at once. None of them may be there twice.</summary>
    /// <param name="client">The servers.</param>
    /// <param name="publications">The accounts.</param>
    /// <param name="force">Whether something newer on a server is replaced, and servers are not asked whom they trust.</param>
    /// <param name="onlyChanged">Whether accounts that all servers have already are not sent.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The answers for each, in the same order.</returns>
    public static async Task<IReadOnlyList<ServerAnswers>> PublishAsync(
        SystemAccountClient client, IReadOnlyList<PublishableAccount> publications, bool force, bool onlyChanged, CancellationToken cancellation)
    {
        await client.RefreshAsync(cancellation).ConfigureAwait(false);
        if (!force)
        {
            await client.LearnTrustAsync(cancellation).ConfigureAwait(false);
        }

        // The system account comes last and alone: where the key of our own user leaves it, servers end this connection.
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
            // With force, nobody asks what servers have.
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

    /// <summary>Servers take the token into their resolvers, and refuse the whole account when somebody uses it.</summary>
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
    /// Servers would take an older token for a newer one. What no key of the operator signed is no state of the account, whoever keeps it.
    /// </summary>
    private static NatsKeysException? FindNewer(PublishableAccount publication, IReadOnlyList<HeldToken> found)
    {
        var owner = (NatsOperator)publication.Account.Parent;
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
