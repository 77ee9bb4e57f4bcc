using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds who uses which exports and imports of the accounts of an operator, for a diagram.</summary>
/// <param name="owner">The operator.</param>
/// <param name="accounts">All of its accounts. Only those that are drawn include their users.</param>
/// <param name="showsUsers">Whether the users of roles are named.</param>
internal sealed class AccessPicture(NatsOperator owner, IReadOnlyCollection<AccountHolders> accounts, bool showsUsers)
{
    private static readonly AccessNode Others = new(["users from the authorization callout"], [], []);

    private readonly Dictionary<EntityPath, AccountHolders> byPath = accounts.ToDictionary(account => account.Account.Path);
    private readonly Dictionary<EntityPath, IReadOnlyList<AccessNode>> nodes = [];
    private readonly AccountReach reach = new(owner, accounts);

    /// <summary>Reads the accounts of an operator, and the users of those that are drawn.</summary>
    /// <param name="owner">The operator.</param>
    /// <param name="drawn">The accounts that are drawn.</param>
    /// <param name="showsUsers">Whether the users of roles are named.</param>
    /// <param name="unreadable">Receives the error of each user that cannot be read.</param>
    public static AccessPicture Read(
        NatsOperator owner, IReadOnlyList<NatsAccount> drawn, bool showsUsers, Action<NatsKeysException>? unreadable)
    {
        // An account that is not drawn is left out if it cannot be read.
        AccountHolders[] accounts = [.. drawn.Concat(drawn.Take(1).SelectMany(account => account.Siblings()))
            .DistinctBy(account => account.Path)
            .Select(account => new AccountHolders(account))];
        foreach (AccountHolders account in accounts[..drawn.Count])
        {
            foreach (NatsUser user in owner.Store.ReadChildren<NatsUser>(account.Account, error => unreadable?.Invoke(error))
                .Where(user => !user.IsOver(owner.Store.Clock.GetUtcNow())))
            {
                account.Add(user);
            }
        }

        return new AccessPicture(owner, accounts, showsUsers);
    }

    /// <summary>Whether there are more routes than are followed, so that arrows may be missing from the nodes that were taken so far.</summary>
    public bool IsCut => reach.IsCut;

    /// <summary>Gets the nodes of an account.</summary>
    /// <param name="account">The account.</param>
    public IReadOnlyList<AccessNode> NodesOf(NatsAccount account) => nodes.TryGetValue(account.Path, out IReadOnlyList<AccessNode>? known)
        ? known
        : nodes[account.Path] =
        [
            .. byPath[account.Path].All.Select(holder => NodeOf(byPath[account.Path], holder)),
            .. reach.IsOpen(byPath[account.Path]) ? [Others] : Array.Empty<AccessNode>(),
        ];

    /// <summary>Gets the numbers of roles and users of an account as text, such as <c>1 role, 2 users</c>.</summary>
    /// <param name="account">The account.</param>
    public string CountsOf(NatsAccount account)
    {
        IReadOnlyList<AccessHolder> all = byPath[account.Path].All;
        int roles = all.Count(holder => holder.Group.Kind == AccessHolderKind.Role);
        int users = all.Sum(holder => holder.Users.Count);
        return string.Join(", ", new[] { Counted(roles, "role"), Counted(users, "user") }.OfType<string>());
    }

    /// <summary>Gets a number with its noun, such as <c>2 users</c>; null for zero.</summary>
    /// <param name="count">The number.</param>
    /// <param name="thing">The noun in the singular.</param>
    public static string? Counted(int count, string thing) => count == 0 ? null : $"{count} {thing}{(count == 1 ? "" : "s")}";

    private AccessNode NodeOf(AccountHolders account, AccessHolder holder)
    {
        // A placeholder has other subjects for each user of a role. The lines show the placeholder itself, and the links what any user may use.
        AccessGroup shown = holder.Group.OfEach ?? holder.Group;
        return new AccessNode(
            [showsUsers && holder.Group.Kind == AccessHolderKind.Role && holder.Users.Count > 0
                ? $"role {holder.Group.Role} ({holder.Users})"
                : holder.ToString()],
            [Line("publish", shown.SubjectsTo(AccessDirection.Publish)), Line("subscribe to", shown.SubjectsTo(AccessDirection.Subscribe))],
            [
                .. reach.ExportsOf(account, holder.Group).Select(end => AccessLink.Of(isImport: false, end)),
                .. reach.ImportsOf(account, holder.Group).Select(end => AccessLink.Of(isImport: true, end)),
            ]);
    }

    private static string Line(string verb, SubjectSet subjects)
    {
        string[] texts = subjects.ToTexts();
        return $"{verb} {(texts.Length == 0 ? "nothing" : texts is [">"] ? "everything" : AccessNode.Shorten(texts))}";
    }
}
