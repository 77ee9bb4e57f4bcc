using System.Collections.Concurrent;
using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>The accounts and users of an operator, with their permissions for a server version, and the routes between the accounts.</summary>
internal sealed class AccessSnapshot
{
    private readonly Func<EntityPath, IReadOnlyList<AccessGroup>> findGroups;
    private readonly Dictionary<EntityPath, IReadOnlyList<AccessGroup>> groups = [];

    /// <param name="graph">The routes between the accounts.</param>
    /// <param name="accounts">The accounts that servers accept.</param>
    /// <param name="findGroups">Finds the groups of an account.</param>
    public AccessSnapshot(
        AccessGraph graph, IReadOnlyList<AccessAccount> accounts, Func<EntityPath, IReadOnlyList<AccessGroup>> findGroups)
    {
        this.findGroups = findGroups;
        (Graph, Accounts) = (graph, accounts);
    }

    /// <summary>The routes between the accounts.</summary>
    public AccessGraph Graph { get; }

    /// <summary>The accounts that servers accept.</summary>
    public IReadOnlyList<AccessAccount> Accounts { get; }

    /// <summary>The groups of an account. Its users are read on first use.</summary>
    /// <param name="account">The path of the account.</param>
    public IReadOnlyList<AccessGroup> GroupsOf(EntityPath account) =>
        groups.TryGetValue(account, out IReadOnlyList<AccessGroup>? known) ? known : groups[account] = findGroups(account);

    /// <summary>Reads the accounts of an operator. The users of an account are read on first use, on all cores.</summary>
    /// <param name="owner">The operator.</param>
    /// <param name="includesUsers">Whether users are needed.</param>
    /// <param name="server">The version of the servers.</param>
    /// <param name="now">The time at which the users connect.</param>
    /// <param name="unreadable">Receives the error of each file that cannot be read.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotSigned"/>: the operator is not signed.</exception>
    public static AccessSnapshot Read(
        NatsOperator owner,
        bool includesUsers,
        ServerVersion server,
        DateTimeOffset now,
        Action<NatsKeysException> unreadable,
        CancellationToken cancellation = default)
    {
        NatsAccount[] accounts = [.. owner.Store.ReadChildren<NatsAccount>(owner, unreadable)];
        var byKey = accounts.Where(account => account.Subject is not null).GroupBy(account => account.Signed.Subject ?? "").ToDictionary(
            group => group.Key, group => group.First().Jwt, StringComparer.Ordinal);
        ServerTrust Trust() => StoreTrust.Of(owner, key => byKey.GetValueOrDefault(key));
        ServerTrust trust = Trust();
        AccountNode[] nodes = [.. accounts.Select(account => new AccountNode(
            account.Path.ToString(),
            account.Signed,
            account.Jwt is not null && trust.RefusalOf(account.Signed.Subject ?? "", now, server) is null))];
        var taken = accounts.Where((_, index) => nodes[index].IsTaken).ToDictionary(account => account.Path);
        return new AccessSnapshot(
            new AccessGraph(nodes, owner.Signed, now, server),
            [.. taken.Values.Select(account => new AccessAccount(account.Path, account.Signed))],
            path =>
            [
                .. GroupsOf(path, taken[path].Signed, server),
                .. includesUsers ? UsersOf(taken[path], Trust(), server, now, unreadable, cancellation) : [],
            ]);
    }

    /// <summary>The groups of an account's roles and of its default permissions.</summary>
    private static IEnumerable<AccessGroup> GroupsOf(EntityPath account, AccountClaims claims, ServerVersion server) => claims.Scopes
        .Select(scope => AccessGroup.OfRole(account, claims, scope.Item, server))
        .Append(AccessGroup.Of(AccessHolderKind.Default, account, ServerTrust.InForce(new UserPermissions(), claims, scope: null), server));

    private static IEnumerable<AccessGroup> UsersOf(
        NatsAccount account,
        ServerTrust trust,
        ServerVersion server,
        DateTimeOffset now,
        Action<NatsKeysException> unreadable,
        CancellationToken cancellation)
    {
        // Threads share only what a server caches for this account, and nothing for other accounts.
        bool IsLetIn(NatsEntity user) => trust.Decide(new ConnectAttempt(user.Jwt)
        {
            Time = now, Server = server, Checked = user.Document.TryReadToken(), ThroughTrustedProxy = true, Somehow = true,
        }).IsAllowed;
        var candidates = new Candidates(account.Signed, server);
        var byKey = new Dictionary<string, (ConnectDecision Decision, List<NatsEntity> Users)>(StringComparer.Ordinal);
        foreach ((_, Candidate? found, NatsKeysException? fault) in
            ChildReader.InspectChildren(account, account.Store.Names(account.Path), candidates.Of, cancellation))
        {
            if (fault is not null)
            {
                unreadable(fault);
            }
            else if (found is not null)
            {
                if (!byKey.TryGetValue(found.Key, out (ConnectDecision Decision, List<NatsEntity> Users) group))
                {
                    byKey[found.Key] = group = (found.Decision, []);
                }

                group.Users.Add(found.User);
            }
        }

        return byKey.Values.Select(group => AccessGroup.Of(AccessHolderKind.User, account.Path, group.Decision, server) with
        {
            UsersLetIn = () => [.. group.Users.AsParallel().AsOrdered().WithCancellation(cancellation).Where(IsLetIn).Select(user => user.Path)],
        });
    }

    /// <summary>A user with its permissions if servers let it in.</summary>
    private sealed record Candidate(NatsEntity User, ConnectDecision Decision, string Key);

    /// <summary>Finds the permissions of an account's users. A role without placeholders is evaluated once for all of its users.</summary>
    private sealed class Candidates(AccountClaims account, ServerVersion server)
    {
        private readonly UserChecks roles = new(account, ServerVersions.Only(server));
        private readonly ConcurrentDictionary<string, (ConnectDecision Decision, string Key)?> same = new(StringComparer.Ordinal);

        public Candidate? Of(NatsEntity user)
        {
            if (user.Jwt is null || user.Document.Signed is not UserClaims claims)
            {
                return null;
            }

            AccountSigningKey? scope = account.ScopeOf(claims.Issuer);
            bool isSame = scope is not null && !roles.Expands(scope.Key);
            return (isSame ? same.GetOrAdd(scope!.Key, _ => InForce(claims, scope)) : InForce(claims, scope)) is { } found
                ? new Candidate(user, found.Decision, found.Key)
                : null;
        }

        private (ConnectDecision Decision, string Key)? InForce(UserClaims claims, AccountSigningKey? scope)
        {
            UserPermissions? permissions = scope is null
                ? claims.Permissions
                : TemplateExpander.Expand(scope.Template, claims, account, new Findings(server), server);
            if (permissions is null)
            {
                return null;
            }

            ConnectDecision decision = ServerTrust.InForce(permissions, account, scope);
            return (decision, $"{decision.Source}\n{decision.Role}\n{AccessGroup.KeyOf(decision.Permissions!)}");
        }
    }
}

/// <summary>An account that servers accept.</summary>
/// <param name="Path">The path of the account.</param>
/// <param name="Claims">The claims of its token.</param>
internal sealed record AccessAccount(EntityPath Path, AccountClaims Claims);
