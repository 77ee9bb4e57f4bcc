using System.Globalization;
using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// The roles and users of an account according to the files of the store, signed or not. Users with the same permissions are grouped. Several threads
/// may add users.
/// </summary>
/// <param name="account">The account.</param>
internal sealed class AccountHolders(NatsAccount account)
{
    private readonly Lock adding = new();
    private readonly Dictionary<string, UserNames> byRole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (UserPermissions Permissions, UserNames Users)> byPermissions = new(StringComparer.Ordinal);
    private IReadOnlyList<AccessHolder>? all;

    /// <summary>The account.</summary>
    public NatsAccount Account { get; } = account;

    /// <summary>The claims in the account's file.</summary>
    public AccountClaims Claims => Account.Claims;

    /// <summary>Adds a user of the account, unless servers refuse it because of its signer.</summary>
    /// <param name="user">The user.</param>
    public void Add(NatsUser user)
    {
        if (!user.IsOfItsAccount)
        {
            return;
        }

        AccountSigningKey? scope = Claims.ScopeOf(user.Issuer);
        string key = scope is null ? AccessGroup.KeyOf(user.Permissions) : "";
        lock (adding)
        {
            UserNames? names;
            if (scope is not null)
            {
                names = byRole.TryGetValue(scope.Key, out names) ? names : byRole[scope.Key] = new UserNames();
            }
            else
            {
                (UserPermissions Permissions, UserNames Users) known = byPermissions.GetValueOrDefault(key, (user.Permissions, new UserNames()));
                (names, byPermissions[key]) = (known.Users, known);
            }

            names.Add(user.Name);
            all = null;
        }
    }

    /// <summary>The roles, then the users without permissions if there are any, then the users with their own permissions.</summary>
    public IReadOnlyList<AccessHolder> All => all ??=
    [
        .. Claims.Scopes
            .OrderBy(key => key.Item.Role, StringComparer.Ordinal)
            .Select(key => new AccessHolder(
                AccessGroup.OfRole(Account.Path, Claims, key.Item, ServerVersions.NewestKnown),
                byRole.GetValueOrDefault(key.Item.Key) ?? new UserNames(),
                key.Index)),
        .. byPermissions.Values
            .OrderBy(own => PermissionEvaluator.HasAny(own.Permissions))
            .ThenBy(own => own.Users.First[0], StringComparer.Ordinal)
            .Select(own => new AccessHolder(
                AccessGroup.Of(
                    PermissionEvaluator.HasAny(own.Permissions) ? AccessHolderKind.User : AccessHolderKind.Default,
                    Account.Path,
                    ServerTrust.InForce(own.Permissions, Claims, scope: null),
                    ServerVersions.NewestKnown),
                own.Users,
                Key: -1)),
    ];
}

/// <summary>A role, or the users of an account with the same permissions.</summary>
/// <param name="Group">The permissions.</param>
/// <param name="Users">The users.</param>
/// <param name="Key">The index of the role in the list of signing keys; negative for users without a role.</param>
internal sealed record AccessHolder(AccessGroup Group, UserNames Users, int Key)
{
    /// <summary>The role or the users, such as <c>role sensor (2 users)</c>.</summary>
    public override string ToString() => (Group.Kind, Users.Count) switch
    {
        (AccessHolderKind.Role, 0) => $"role {Group.Role}",
        (AccessHolderKind.Role, _) => $"role {Group.Role} ({Users.CountText})",
        (_, 1) => $"user {Users}",
        _ => $"users {Users}",
    };
}

/// <summary>Counts users, and keeps the first of their names.</summary>
internal sealed class UserNames
{
    private const int Kept = 3;
    private readonly SortedSet<string> first = new(StringComparer.Ordinal);

    /// <summary>The number of users.</summary>
    public int Count { get; private set; }

    /// <summary>The number of users as text, such as <c>2 users</c>.</summary>
    public string CountText => Count == 1 ? "1 user" : string.Create(CultureInfo.InvariantCulture, $"{Count} users");

    /// <summary>The first names, sorted.</summary>
    public IReadOnlyList<string> First => [.. first];

    /// <summary>Adds a name.</summary>
    /// <param name="name">The name.</param>
    public void Add(string name)
    {
        Count++;
        first.Add(name);
        if (first.Count > Kept)
        {
            first.Remove(first.Max!);
        }
    }

    /// <summary>The first names, and the number of the others.</summary>
    public override string ToString() => TextSanitizer.Clean(
        ShortList.Of(first, Count - first.Count));
}
