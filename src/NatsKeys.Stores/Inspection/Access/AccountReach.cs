using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds out whether anybody can use exports and imports, according to the files of all accounts of an operator.</summary>
internal sealed class AccountReach
{
    /// <summary>
    /// The maximum number of routes to check. If there are more, it is assumed that somebody has access, and diagrams say that they do not show what
    /// the other routes reach.
    /// </summary>
    private const int MaximumWays = 2_000;

    private static readonly SubjectSet JetStreamApi = SubjectSet.Of(["$JS.>"]);

    private readonly AccessGraph graph;
    private readonly Dictionary<string, AccountHolders> byPlace;
    private readonly Dictionary<AccountHolders, string> keys;
    private readonly HashSet<string> open;

    /// <param name="owner">The operator.</param>
    /// <param name="accounts">All of its accounts.</param>
    public AccountReach(NatsOperator owner, IReadOnlyCollection<AccountHolders> accounts)
    {
        byPlace = accounts.ToDictionary(account => account.Account.Path.ToString(), StringComparer.Ordinal);

        // An account that was never signed may have no key yet, and a copied file has the key of another account. No account imports from these, so
        // their places are used as keys.
        var known = new HashSet<string>(StringComparer.Ordinal);
        keys = byPlace.ToDictionary(
            account => account.Value, account => account.Value.Claims.Subject is { Length: > 0 } key && known.Add(key) ? key : account.Key);
        graph = new AccessGraph(
            byPlace.Select(account => new AccountNode(account.Key, WithKey(account.Value), IsTaken: true)),
            owner.Claims,
            owner.Store.Clock.GetUtcNow(),
            ServerVersions.NewestKnown);
        open = accounts.SelectMany(account => Placed(account.Claims)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether there were more routes than are checked, so that the ends that users reach may be incomplete.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Gets the imports of an account that servers use.</summary>
    /// <param name="account">The account.</param>
    public IEnumerable<ImportFlow> ImportsOf(AccountHolders account) => graph.ImportsOf(KeyOf(account));

    /// <summary>Whether somebody may use an import, in its account or in an account that imports it from there.</summary>
    /// <param name="import">The import.</param>
    public bool IsUsed(ImportFlow import)
    {
        string place = import.Owner.Account.Place;
        AccountHolders account = byPlace[place];
        bool hasJetStream = SystemAccountCheck.HasJetStream(account.Claims);
        return import.IsService
            ? (hasJetStream && SubjectSet.Of([import.Foreign]).Overlaps(JetStreamApi))
                || May(graph.ToForward(KeyOf(account), import.Local, areClients: false), AccessDirection.Publish)
            : hasJetStream || May(account, import.Local, AccessDirection.Subscribe);
    }

    /// <summary>Returns why nobody can use an export, as part of a message; null if somebody can.</summary>
    /// <param name="account">The account.</param>
    /// <param name="export">The export.</param>
    public string? FaultOf(AccountHolders account, AccountExport export)
    {
        var subjects = SubjectSet.Of([export.Subject ?? ""]);
        bool isService = export.Type == "service";
        ImportFlow[] imports = [.. graph.ImportsFrom(KeyOf(account))
            .Where(import => import.IsService == isService && Subjects.Covers(export.Subject ?? "", import.Foreign))];
        return imports.Length == 0 ? "no account imports it"
            : !imports.Any(IsUsed) ? $"no user or role of the accounts that import it may {(isService ? "publish" : "subscribe")} to it"
            : IsServed(account, subjects, isService) ? null
            : isService ? "none of its users and roles may subscribe to it, so no request is answered"
            : "none of its users and roles may publish to it, so no message is sent";
    }

    /// <summary>Gets the exports of an account that some of its users may use.</summary>
    /// <param name="account">The account.</param>
    /// <param name="holders">The users.</param>
    public IEnumerable<ReachedEnd> ExportsOf(AccountHolders account, AccessGroup holders) =>
        from export in account.Claims.Exports.Index()
        let subjects = SubjectSet.Of([export.Item.Subject ?? ""])
        let isService = export.Item.Type == "service"
        let used = isService
            ? Used(graph.ToAnswer(KeyOf(account), subjects), account, holders, AccessDirection.Subscribe)
            : Used(graph.ToForward(KeyOf(account), subjects, areClients: true), account, holders, AccessDirection.Publish)
        where !used.IsEmpty
        select new ReachedEnd(export.Index, IsSent: !isService, subjects, used.Intersect(subjects));

    /// <summary>Gets the imports of an account that some of its users may use.</summary>
    /// <param name="account">The account.</param>
    /// <param name="holders">The users.</param>
    public IEnumerable<ReachedEnd> ImportsOf(AccountHolders account, AccessGroup holders) =>
        from import in ImportsOf(account)
        let used = import.IsService
            ? Used(graph.ToForward(KeyOf(account), import.Local, areClients: true), account, holders, AccessDirection.Publish)
            : import.Local.Intersect(holders.SubjectsTo(AccessDirection.Subscribe))
        where !used.IsEmpty
        select new ReachedEnd(import.Index, import.IsService, import.Local, used.Intersect(import.Local));

    /// <summary>Whether an authorization callout may place users that are not in the store into an account.</summary>
    /// <param name="account">The account.</param>
    public bool IsOpen(AccountHolders account) => open.Contains("*") || open.Contains(KeyOf(account));

    private SubjectSet Used(IEnumerable<AccessRoute> routes, AccountHolders account, AccessGroup group, AccessDirection direction)
    {
        int ways = 0;
        var used = SubjectSet.Union(routes
            .TakeWhile(_ => ++ways <= MaximumWays)
            .Where(route => route.Account.Place == account.Account.Path.ToString())
            .Select(route => route.ToAsked(route.Subjects.Intersect(group.SubjectsTo(direction)))));
        IsCut |= ways > MaximumWays;
        return used;
    }

    /// <summary>
    /// Whether somebody may send the exported messages or answer the exported requests. JetStream of the account may do both, and servers themselves
    /// send and answer on some subjects.
    /// </summary>
    private bool IsServed(AccountHolders account, SubjectSet subjects, bool isService) => SystemAccountCheck.HasJetStream(account.Claims)
        || subjects.Overlaps(SentByServers(account.Claims))
        || (isService
            ? May(graph.ToAnswer(KeyOf(account), subjects), AccessDirection.Subscribe)
            : May(graph.ToForward(KeyOf(account), subjects, areClients: true), AccessDirection.Publish));

    private static SubjectSet SentByServers(AccountClaims claims) => SubjectSet.Of(
        claims.Exports.Select(export => export.ServiceLatency?.Results).Append(claims.Trace?.Dest).OfType<string>().Append("$JS.>").Append("$SYS.>"));

    private bool May(IEnumerable<AccessRoute> routes, AccessDirection direction)
    {
        int ways = 0;
        return routes.Any(route => ++ways > MaximumWays || May(byPlace[route.Account.Place], route.Subjects, direction));
    }

    private bool May(AccountHolders account, SubjectSet subjects, AccessDirection direction) =>
        account.All.Count == 0
        || IsOpen(account)
        || account.All.Any(holder => holder.Group.MayUse(direction, subjects) && holder.Group.SubjectsTo(direction).Overlaps(subjects));

    /// <summary>Gets the accounts into which the authorization callout of an account may place users that are not in the store.</summary>
    private static IEnumerable<string> Placed(AccountClaims claims) =>
        claims.Authorization.AuthUsers.Count == 0 ? [] : [.. claims.Authorization.AllowedAccounts, claims.Subject ?? ""];

    private AccountClaims WithKey(AccountHolders account)
    {
        if (account.Claims.Subject == KeyOf(account))
        {
            return account.Claims;
        }

        AccountClaims claims = ClaimCopier.Copy(account.Claims);
        claims.Subject = KeyOf(account);
        return claims;
    }

    private string KeyOf(AccountHolders account) => keys[account];
}

/// <summary>An export or import, with the subjects of it that some users may use.</summary>
/// <param name="Index">Its index in the account's list.</param>
/// <param name="IsSent">Whether the users send the messages, rather than receive them.</param>
/// <param name="Subjects">Its subjects in the account.</param>
/// <param name="Used">The subjects that the users may use.</param>
internal sealed record ReachedEnd(int Index, bool IsSent, SubjectSet Subjects, SubjectSet Used);
