using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Who is below an operator, with the permissions that servers of a version give them, and the ways between the accounts.</summary>
internal sealed class AccessSnapshot
{
    /// <param name="graph">The ways between the accounts.</param>
    /// <param name="accounts">The accounts that servers take.</param>
    /// <param name="groups">Who is in them.</param>
    public AccessSnapshot(AccessGraph graph, IReadOnlyList<AccessAccount> accounts, IEnumerable<AccessGroup> groups) =>
        (Graph, Accounts, Groups) = (graph, accounts, groups.ToLookup(group => group.Account));

    /// <summary>The ways between the accounts.</summary>
    public AccessGraph Graph { get; }

    /// <summary>The accounts that servers take.</summary>
    public IReadOnlyList<AccessAccount> Accounts { get; }

    /// <summary>Who is in the accounts, by the place of the account.</summary>
    public ILookup<EntityPath, AccessGroup> Groups { get; }

    /// <summary>Reads all accounts and users of an operator, users with all cores.</summary>
    /// <param name="owner">The operator.</param>
    /// <param name="server">The version of the servers.</param>
    /// <param name="now">When the users connect.</param>
    /// <param name="unreadable">Is told of each file that cannot be read.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotSigned"/>: the operator is not signed.</exception>
    public static AccessSnapshot Read(
        NatsOperator owner, ServerVersion server, DateTimeOffset now, Action<NatsKeysException> unreadable, CancellationToken cancellation = default)
    {
        NatsAccount[] accounts = [.. owner.Store.ReadChildren<NatsAccount>(owner, unreadable)];
        var byKey = accounts.Where(account => account.Subject is not null).GroupBy(account => account.Document.Signed.Subject ?? "").ToDictionary(
            group => group.Key, group => group.First().Jwt, StringComparer.Ordinal);
        ServerTrust Trust() => StoreTrust.Of(owner, key => byKey.GetValueOrDefault(key));
        ServerTrust trust = Trust();
        AccountNode[] nodes = [.. accounts.Select(account => new AccountNode(
            account.Path.ToString(),
            (AccountClaims)account.Document.Signed,
            account.Jwt is not null && trust.RefusalOf(account.Document.Signed.Subject ?? "", now, server) is null))];
        NatsAccount[] taken = [.. accounts.Where((_, index) => nodes[index].IsTaken)];
        var groups = new List<AccessGroup>();
        foreach (NatsAccount account in taken)
        {
            groups.AddRange(GroupsOf(account.Path, (AccountClaims)account.Document.Signed, server));

            // Threads share what a server remembers of one account, and of no other.
            groups.AddRange(UsersOf(account, Trust(), server, now, unreadable, cancellation));
        }

        return new AccessSnapshot(
            new AccessGraph(nodes, (OperatorClaims)owner.Document.Signed, now, server),
            [.. taken.Select(account => new AccessAccount(account.Path, (AccountClaims)account.Document.Signed))],
            groups);
    }

    /// <summary>Whoever may come with a role of an account, or without any permissions.</summary>
    private static IEnumerable<AccessGroup> GroupsOf(EntityPath account, AccountClaims claims, ServerVersion server) => claims.SigningKeys
        .Where(key => key.IsScoped && claims.ScopeOf(key.Key) == key)
        .Select(key => AccessGroup.Of(
            AccessHolderKind.Role, account, ServerTrust.InForce(TemplateExpander.ForSomebody(key.Template, claims), claims, key), server))
        .Append(AccessGroup.Of(AccessHolderKind.Default, account, ServerTrust.InForce(new UserPermissions(), claims, scope: null), server));

    private static Dictionary<string, AccessGroup>.ValueCollection UsersOf(
        NatsAccount account,
        ServerTrust trust,
        ServerVersion server,
        DateTimeOffset now,
        Action<NatsKeysException> unreadable,
        CancellationToken cancellation)
    {
        ConnectDecision Decide(NatsEntity user) => trust.Decide(new ConnectAttempt(user.Jwt)
        {
            Time = now, Server = server, Checked = user.Document.TryReadToken(), ThroughTrustedProxy = true, Somehow = true,
        });
        var byKey = new Dictionary<string, AccessGroup>(StringComparer.Ordinal);
        foreach ((EntityPath path, ConnectDecision? decision, NatsKeysException? fault) in
            ChildReading.InspectChildren(account, account.Store.Names(account.Path), Decide, cancellation))
        {
            if (fault is not null)
            {
                unreadable(fault);
            }
            else if (decision is { IsAllowed: true })
            {
                string key = $"{decision.Source}\n{decision.Role}\n{AccessGroup.KeyOf(decision.Permissions!)}";
                if (!byKey.TryGetValue(key, out AccessGroup? group))
                {
                    byKey[key] = group = AccessGroup.Of(AccessHolderKind.User, account.Path, decision, server);
                }

                group.Users.Add(path);
            }
        }

        return byKey.Values;
    }
}

/// <summary>An account that servers take.</summary>
/// <param name="Path">Its place.</param>
/// <param name="Claims">What its token states.</param>
internal sealed record AccessAccount(EntityPath Path, AccountClaims Claims);
