using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Records what clients do, and compares it with their permissions in the store.</summary>
/// <param name="clock">The clock.</param>
internal sealed class PermissionMeter(TimeProvider clock)
{
    private readonly Dictionary<(string Account, string? Key, string User), Use> uses = [];
    private readonly HashSet<string> silent = new(StringComparer.Ordinal);
    private readonly DateTimeOffset from = clock.GetUtcNow();
    private DateTimeOffset to;
    private int samples;

    /// <summary>The time between two samples.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Whether servers let the user receive the advisories of JetStream API requests.</summary>
    public bool ReceivesAdvisories { get; set; } = true;

    /// <summary>Records that the servers were asked for their clients.</summary>
    public void AddSample()
    {
        samples++;
        to = clock.GetUtcNow();
    }

    /// <summary>Records that servers did not answer.</summary>
    /// <param name="problem">The message that describes the problem.</param>
    public void AddSilent(string problem) => silent.Add(problem);

    /// <summary>Records the subscriptions of a client.</summary>
    /// <param name="connection">The client.</param>
    public void Add(LiveConnection connection)
    {
        if (UseOf(connection) is { } use)
        {
            use.Connections.Add((connection.Server.Id, connection.Id));
            use.Subscriptions.UnionWith(connection.Subscriptions.Where(IsWhole));
        }
    }

    /// <summary>Records a request of a client.</summary>
    /// <param name="connection">The client.</param>
    /// <param name="subject">The subject.</param>
    public void AddRequest(LiveConnection connection, string subject) => UseOf(connection)?.Requests.Add(subject);

    /// <summary>Compares what was recorded with the permissions of an account's roles, and of its users without a role.</summary>
    /// <param name="account">The account.</param>
    /// <param name="scope">The users to measure.</param>
    /// <param name="unreadable">Receives the error of each file that cannot be read.</param>
    public IEnumerable<PermissionMeasurement> Compare(NatsAccount account, MeterScope scope, Action<NatsKeysException> unreadable)
    {
        ILookup<string, AccountSigningKey> roles = account.Claims.SigningKeys.Where(key => key.IsScoped).ToLookup(NameOf, StringComparer.Ordinal);
        IEnumerable<PermissionMeasurement> ofRoles = scope.User is not null
            ? []
            : roles.Where(role => scope.Role is null || scope.Role == role.Key).Select(role => OfRole(account, role.First(), role, scope));
        IEnumerable<NatsUser> users = scope.Role is not null ? []
            : scope.User is { } only ? [only]
            : account.Store.ReadChildren<NatsUser>(account, unreadable).Where(user => account.Claims.ScopeOf(user.Issuer) is null);
        return ofRoles.Concat(users.Select(user => OfUser(account, user, scope)));
    }

    /// <summary>The number of users of an account that were seen, have no role, and are not in the store.</summary>
    /// <param name="account">The account.</param>
    public int UnknownUsersOf(NatsAccount account) => uses.Keys.Count(
        use => use.Account == account.Subject && account.Claims.ScopeOf(use.Key) is null && !account.UserNames.ContainsKey(use.User));

    private PermissionMeasurement OfRole(
        NatsAccount account, AccountSigningKey role, IEnumerable<AccountSigningKey> keys, MeterScope scope)
    {
        HashSet<string> signers = [.. keys.Select(key => key.Key)];
        return Measure(
            new PermissionMeasurement(account.Name) { Operator = account.Operator, Role = NameOf(role) },
            Raw(role.Template, account, role),
            Raw(TemplateExpander.ForSomebody(role.Template, account.Claims), account, role),
            [.. uses.Where(use => use.Key.Account == account.Subject && use.Key.Key is { } key && signers.Contains(key))],
            scope);
    }

    private PermissionMeasurement OfUser(NatsAccount account, NatsUser user, MeterScope scope)
    {
        AccountSigningKey? role = account.Claims.ScopeOf(user.Issuer);
        UserPermissions own = role?.Template ?? user.GetPermissions();
        return Measure(
            new PermissionMeasurement(account.Name) { Operator = account.Operator, User = user.Name, Role = role is null ? null : NameOf(role) },
            Raw(own, account, role),
            role is null ? Raw(own, account, role) : Raw(TemplateExpander.ForSomebody(own, account.Claims), account, role),
            [.. uses.Where(use => use.Key.Account == account.Subject && use.Key.User == user.Subject
                && account.Claims.ScopeOf(use.Key.Key) == role)],
            scope);
    }

    private PermissionMeasurement Measure(
        PermissionMeasurement empty,
        Permissions permissions,
        Permissions open,
        IReadOnlyList<KeyValuePair<(string Account, string? Key, string User), Use>> seen,
        MeterScope scope)
    {
        string[] subscribed = [.. seen.SelectMany(use => use.Value.Subscriptions).Distinct().Order(StringComparer.Ordinal)];
        var comparison = new SubscriptionUse(permissions, open, subscribed);
        int users = seen.Where(use => use.Value.Connections.Count > 0).Select(use => use.Key.User).Distinct().Count();
        return new PermissionMeasurement(empty.Account)
        {
            Operator = empty.Operator,
            Role = empty.Role,
            User = empty.User,
            Users = users,
            Connections = seen.Sum(use => use.Value.Connections.Count),
            From = from,
            To = to,
            Samples = samples,
            Subscribed = new PrintableList<string>(subscribed),
            Requested = new PrintableList<string>([.. seen.SelectMany(use => use.Value.Requests).Distinct().Order(StringComparer.Ordinal)]),
            Unused = new PrintableList<string>([.. comparison.Unused]),
            Proposed = comparison.Propose(empty.Holder, scope.Generalize),
            Unseen = new PrintableList<string>([.. Unseen(empty, users)]),
        };
    }

    private IEnumerable<string> Unseen(PermissionMeasurement whom, int users)
    {
        yield return "Publishing: servers do not list what clients publish.";
        yield return ReceivesAdvisories
            ? $"JetStream requests of accounts from which the system account does not import {SystemSubjects.Audit}, and requests that are not "
                + "audited, such as fetching messages."
            : $"JetStream requests: the user may not subscribe to {SystemSubjects.Audit}.";
        yield return "Denied attempts: servers write permission violations to their logs only.";
        yield return $"Subscriptions that existed only between the {samples} samples, one every {Pause.TotalSeconds:0.#} seconds.";
        yield return (users, whom.User) switch
        {
            (0, _) => "Everything: nobody was connected.",
            (_, null) => $"Users of the role who were not connected. Connected users: {users}.",
            (_, _) when whom.Role is not null => $"Other users of the role '{whom.Role}'.",
            _ => "Subscriptions of the user at other times.",
        };
        foreach (string problem in silent)
        {
            yield return problem;
        }
    }

    private Use? UseOf(LiveConnection connection)
    {
        if (connection.AccountKey is not { } account || connection.UserKey is not { } user)
        {
            return null;
        }

        (string, string?, string) key = (account, connection.SigningKey, user);
        return uses.TryGetValue(key, out Use? known) ? known : uses[key] = new Use();
    }

    /// <summary>The permissions that apply to users, with their placeholders.</summary>
    private static Permissions Raw(UserPermissions permissions, NatsAccount account, AccountSigningKey? role) =>
        ServerTrust.InForce(permissions, account.Claims, role).Permissions!;

    private static string NameOf(AccountSigningKey key) => string.IsNullOrEmpty(key.Role) ? key.Key : key.Role;

    /// <summary>Whether a subscription is complete. A subject that was cut must not be mistaken for another one.</summary>
    private static bool IsWhole(string subscription) => subscription.Length > 0 && !subscription.Contains('…', StringComparison.Ordinal);

    /// <summary>What a user did.</summary>
    private sealed class Use
    {
        public HashSet<string> Subscriptions { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Requests { get; } = new(StringComparer.Ordinal);

        public HashSet<(string Server, long Id)> Connections { get; } = [];
    }
}

/// <summary>The users to measure, and how.</summary>
/// <param name="User">The only user; null for all.</param>
/// <param name="Role">The only role; null for all.</param>
/// <param name="Generalize">Whether to propose the entries of the permissions, rather than the subjects that were seen.</param>
internal sealed record MeterScope(NatsUser? User, string? Role, bool Generalize);
