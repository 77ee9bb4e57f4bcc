using System.Collections.Concurrent;
using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Finds roles, exports and imports that nobody can use, and users who can use everything, among the accounts of an operator. It goes by the files,
/// signed or not. If an account may have users that are not in the store, they are assumed to have access. Several threads may add entities.
/// </summary>
/// <param name="owner">The operator.</param>
internal sealed class AccessAuditor(NatsOperator owner)
{
    private const int Named = 5;

    private readonly ConcurrentDictionary<EntityPath, AccountHolders> accounts = [];

    /// <summary>Adds an account, or a user who may connect.</summary>
    /// <param name="entity">The entity.</param>
    public void Add(NatsEntity entity)
    {
        switch (entity)
        {
            case NatsAccount account:
                _ = HoldersOf(account);
                break;
            case NatsUser user:
                HoldersOf(user.Parent).Add(user);
                break;
        }
    }

    /// <summary>Gets the findings, account by account.</summary>
    public IEnumerable<StoreFinding> Find()
    {
        AccountHolders[] all = [.. accounts.Values.OrderBy(account => account.Account.Path.ToString(), StringComparer.Ordinal)];
        var reach = new AccountReach(owner, all);
        return all.SelectMany(account => EmptyRoles(account)
            .Concat(Imports(account, reach))
            .Concat(Exports(account, reach))
            .Concat(Everything(account)));
    }

    private AccountHolders HoldersOf(NatsAccount account) => accounts.GetOrAdd(account.Path, _ => new AccountHolders(account));

    /// <summary>
    /// Finds roles that allow nothing. Accounts with an authorization callout are skipped: it places the users of such a role in other accounts.
    /// </summary>
    private static IEnumerable<StoreFinding> EmptyRoles(AccountHolders account) =>
        from holder in account.Claims.Authorization.AuthUsers.Count == 0 ? account.All : []
        where holder.Group.Kind == AccessHolderKind.Role
            && holder.Group.SubjectsTo(AccessDirection.Publish).IsEmpty
            && holder.Group.SubjectsTo(AccessDirection.Subscribe).IsEmpty
        select Of(
            account,
            AuditRules.EmptyRole,
            new ClaimPath("signing_keys", holder.Key).Of("template"),
            $"The role '{holder.Group.Role}' of the {account.Account.Path} lets its users neither publish nor subscribe to anything.");

    private static IEnumerable<StoreFinding> Imports(AccountHolders account, AccountReach reach) =>
        from import in reach.ImportsOf(account)
        where !reach.IsUsed(import)
        let claims = account.Claims.Imports[import.Index]
        select Of(
            account,
            AuditRules.UnreachableImport,
            new ClaimPath("imports", import.Index),
            $"The {account.Account.Path} imports {ClaimSummary.Item(claims.Type, claims.Subject)}, but no user or role may "
                + $"{(import.IsService ? "publish" : "subscribe")} to '{import.Step.Subject}', its subject in this account.");

    private static IEnumerable<StoreFinding> Exports(AccountHolders account, AccountReach reach) =>
        from export in account.Account.IsSystemAccount ? [] : account.Claims.Exports.Index()
        where !export.Item.IsNull && Subjects.IsWellFormed(export.Item.Subject ?? "")
        let fault = reach.FaultOf(account, export.Item)
        where fault is not null
        select Of(
            account,
            AuditRules.UnreachableExport,
            new ClaimPath("exports", export.Index),
            $"The {account.Account.Path} exports {ClaimSummary.Item(export.Item.Type, export.Item.Subject)}, but {fault}.");

    private static IEnumerable<StoreFinding> Everything(AccountHolders account)
    {
        AccessHolder[] almighty = account.Claims.Exports.Count == 0
            ? []
            : [.. account.All.Where(holder => MayAll(holder, AccessDirection.Publish) && MayAll(holder, AccessDirection.Subscribe))];
        if (almighty.Length > 0)
        {
            yield return Of(
                account,
                AuditRules.OpenExports,
                "exports",
                $"The {account.Account.Path} has exports, and these roles and users may publish and subscribe to everything: {Names(almighty)}. They "
                    + "can read and answer requests from other accounts, and send messages to its exported streams.");
        }
    }

    private static string Names(AccessHolder[] holders) =>
        ShortList.Of(holders.Take(Named).Select(holder => holder.ToString()), holders.Length - Named, "; ", "; ");

    private static bool MayAll(AccessHolder holder, AccessDirection direction) =>
        (holder.Group.OfEach ?? holder.Group).SubjectsTo(direction).Contains(SubjectSet.Everything);

    private static StoreFinding Of(AccountHolders account, ValidationRule rule, ClaimPath claim, string message) =>
        StoreFinding.Of(account.Account.Path, rule, claim.ToString(), message);
}
