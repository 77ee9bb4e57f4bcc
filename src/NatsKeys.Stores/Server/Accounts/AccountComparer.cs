using System.Runtime.CompilerServices;
using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Compares the accounts in a store with those on servers.</summary>
internal static class AccountComparer
{
    /// <summary>Compares accounts, in pages.</summary>
    /// <param name="client">The client of the servers.</param>
    /// <param name="owner">The operator.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>One comparison for each account and server.</returns>
    public static async IAsyncEnumerable<AccountComparison> CompareAsync(
        SystemAccountClient client,
        NatsOperator owner,
        IEnumerable<NatsAccount> accounts,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (NatsAccount[] page in accounts.Chunk(AccountPublisher.PageSize))
        {
            IReadOnlyList<HeldToken>[] found = await client.FindAsync(page.Select(account => account.Subject!), cancellation).ConfigureAwait(false);
            foreach (AccountComparison comparison in page
                .Zip(found)
                .SelectMany(pair => pair.Second.Select(token => Compare(owner, pair.First, token, ServersOf(client, token)))))
            {
                yield return comparison;
            }
        }
    }

    /// <summary>Finds accounts on servers that the operator does not have in its store, in pages.</summary>
    /// <param name="client">The client of the servers.</param>
    /// <param name="owner">The operator.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="NatsKeysException">An account of the store cannot be read, so it might be one of these.</exception>
    public static async IAsyncEnumerable<AccountComparison> FindOthersAsync(
        SystemAccountClient client, NatsOperator owner, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        HashSet<string?> known = [.. owner.Store.ReadChildren<NatsAccount>(owner, Refuse).Select(account => account.Subject)];
        foreach (string[] page in client.Accounts.Where(key => !known.Contains(key)).Chunk(AccountPublisher.PageSize))
        {
            IReadOnlyList<HeldToken>[] found = await client.FindAsync(page, cancellation).ConfigureAwait(false);
            foreach (AccountComparison comparison in page
                .Zip(found)
                .SelectMany(pair => pair.Second.Where(held => held.Text is not null).Select(token => Other(owner, pair.First, token))))
            {
                yield return comparison;
            }
        }
    }

    // An unreadable account might be any account on the servers. Reporting it as unknown could get it deleted there.
    private static void Refuse(NatsKeysException unreadable) => throw new NatsKeysException(
        unreadable.Code,
        $"{unreadable.Message} While an account of the store cannot be read, accounts that only servers have cannot be determined.",
        unreadable) { Path = unreadable.Path };

    private static AccountComparison Other(NatsOperator owner, string publicKey, HeldToken held)
    {
        NatsJwt? token = held.Read();
        bool isTrusted = token is not null && HeldToken.IsOf(owner, publicKey, token);
        return new AccountComparison(
            token?.Name ?? publicKey,
            publicKey,
            held.Server,
            isTrusted ? ServerAccountState.OnlyOnServer : ServerAccountState.Foreign) { ServerToken = token };
    }

    /// <summary>The servers that have a token: the one with this name, or all if the name stands for several.</summary>
    private static IReadOnlyList<ServerInformation> ServersOf(SystemAccountClient client, HeldToken held) =>
        client.Servers.Where(server => server.Name == held.Server).ToArray() is { Length: > 0 } named ? named : client.Servers;

    private static AccountComparison Compare(NatsOperator owner, NatsAccount account, HeldToken held, IReadOnlyList<ServerInformation> servers)
    {
        bool isOwn = IsOwn(account, held);
        NatsJwt? token = isOwn ? JwtReader.ReadUnchecked(held.Text!) : held.Read();
        ServerAccountState state = isOwn ? OwnState(account) : StateOf(owner, account, held, token);
        return new AccountComparison(ServerAccount.Of(account).Name, account.Subject!, held.Server, state)
        {
            IssuedAt = account.IssuedAt,
            Findings =
            [
                .. ServerFit.Refusals(account.Claims, servers, account.Store.Clock.GetUtcNow()),
                .. ServerFit.Losses(account.Claims, servers, account.Store.Clock.GetUtcNow()),
            ],
            ServerToken = token,
            Differences = state is not (ServerAccountState.Same or ServerAccountState.Foreign) && token is { Claims: AccountClaims claims }
                ? [.. ClaimDifference.Between(account.Wanted, claims).Select(difference => difference with
                {
                    Naming = text => KnownNames.In(text, account),
                })]
                : [],
        };
    }

    /// <summary>Compares a server's token of an account with the store.</summary>
    /// <param name="owner">The operator.</param>
    /// <param name="account">The account.</param>
    /// <param name="held">The token on the server.</param>
    internal static ServerAccountState StateOf(NatsOperator owner, NatsAccount account, HeldToken held) =>
        IsOwn(account, held) ? OwnState(account) : StateOf(owner, account, held, held.Read());

    // The token of the store was already checked together with its state.
    private static bool IsOwn(NatsAccount account, HeldToken held) =>
        held.Text is not null && held.Text == account.Jwt && account.State != EntityState.Untrusted;

    private static ServerAccountState OwnState(NatsAccount account) =>
        account.State == EntityState.Modified ? ServerAccountState.Older : ServerAccountState.Same;

    private static ServerAccountState StateOf(NatsOperator owner, NatsAccount account, HeldToken held, NatsJwt? token)
    {
        if (held.Text is null)
        {
            return held.IsThere ? ServerAccountState.NotTold : ServerAccountState.Missing;
        }

        return token is null || !HeldToken.IsOf(owner, account.Subject!, token) ? ServerAccountState.Foreign
            : account.Wanted.IssuedAt < token.Claims.IssuedAt ? ServerAccountState.Newer
            : account.Wanted.IssuedAt > token.Claims.IssuedAt ? ServerAccountState.Older
            : ServerAccountState.Different;
    }
}
