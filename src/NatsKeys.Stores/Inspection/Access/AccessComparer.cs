using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Compares what the entities of two stores are allowed to do. It compares the files, whether or not they are signed, and matches entities by name. A
/// change of a role is reported for the role, not for each of its users.
/// </summary>
/// <param name="from">The earlier store.</param>
/// <param name="to">The later store.</param>
/// <param name="unreadable">Receives the error of each file that cannot be read.</param>
internal sealed class AccessComparer(NatsStore from, NatsStore to, Action<NatsKeysException> unreadable)
{
    private readonly SubjectDifferences differences = new();

    /// <summary>Gets the differences, sorted by name.</summary>
    /// <param name="operatorName">The operator to compare; null for all.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>: neither store has the operator.</exception>
    public IEnumerable<AccessChange> Compare(string? operatorName = null)
    {
        if (operatorName is not null && !from.Names().Concat(to.Names()).Contains(operatorName, StringComparer.OrdinalIgnoreCase))
        {
            string suggestion = Spelling.Suggest(operatorName, to.Names());
            throw new NatsKeysException(
                ErrorCode.EntityNotFound,
                $"There is no {new EntityPath(operatorName)} in the store {from.Location}, nor in the store {to.Location}.{suggestion}")
            {
                Remedy = suggestion.Length > 0 ? null : Remedy.ListOperators,
                IsExplained = suggestion.Length > 0,
            };
        }

        foreach ((NatsOperator? before, NatsOperator? after) in Pairs<NatsOperator>(
            [.. from.ReadOperators(unreadable)], [.. to.ReadOperators(unreadable)]))
        {
            NatsEntity owner = (NatsEntity?)after ?? before!;
            if (operatorName is not null && !owner.Name.Equals(operatorName, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            IEnumerable<AccessChange> own = Claims(before, after);
            IEnumerable<AccessChange> below = Pairs(Children<NatsAccount>(from, before), Children<NatsAccount>(to, after))
                .SelectMany(pair => Compare(pair.Before, pair.After));
            foreach (AccessChange change in own.Concat(below))
            {
                yield return change;
            }
        }
    }

    private IEnumerable<AccessChange> Compare(NatsAccount? before, NatsAccount? after)
    {
        NatsAccount account = after ?? before!;
        bool isSame = before is not null && after is not null && ClaimJson.SameWish(before.Wanted, after.Wanted);

        // A store in memory has no files, so it would have to generate their texts first.
        HashSet<string> same = isSame && from is not MemoryStore && to is not MemoryStore ? SameUsers(before!, after!) : [];
        NatsUser[] users = Children<NatsUser>(to, after, same);
        ILookup<string?, NatsUser> byRole = users.ToLookup(user => user.Role, StringComparer.Ordinal);
        Permissions? DefaultOf(NatsAccount? of) => of is null ? null : ServerTrust.InForce(new UserPermissions(), of.Claims, scope: null).Permissions;
        int ofDefault = users.Count(user => user.Template is null && !PermissionEvaluator.HasAny(user.Permissions));
        IEnumerable<AccessChange> defaults = differences.Between(DefaultOf(before), DefaultOf(after)).Select(side => Of(
            account, side, $"default {side.Aspect}", $"users without permissions {side.Verb}", "default_permissions", role: null,
            ofDefault));
        IEnumerable<AccessChange> roles =
            from pair in Pairs(RolesOf(before), RolesOf(after), role => role.Name)
            from side in differences.Between(pair.Before?.Permissions, pair.After?.Permissions)
            let role = pair.After ?? pair.Before!
            select Of(
                account, side, side.Aspect, $"users of role '{role.Name}' {side.Verb}", $"signing_keys[{role.Index}]", role.Name,
                byRole[role.Name].Count());
        return Claims(before, after)
            .Concat(defaults)
            .Concat(roles)
            .Concat(Pairs(Children<NatsUser>(from, before, same), users).SelectMany(pair => Compare(pair.Before, pair.After)));
    }

    /// <summary>
    /// Gets the names of users whose files are identical in both stores. If the account is the same, too, these users need not be read. Most users of
    /// a store do not change.
    /// </summary>
    private HashSet<string> SameUsers(NatsAccount before, NatsAccount after)
    {
        bool IsSame(string name)
        {
            try
            {
                return from.LoadText(before.Path.Child(name)) is { } old && to.LoadText(after.Path.Child(name)) is { } young
                    && old.Text.AsSpan().SequenceEqual(young.Text);
            }
            catch (NatsKeysException)
            {
                // The error is reported when the user is read.
                return false;
            }
        }

        return from.Names(before.Path).Intersect(to.Names(after.Path), StringComparer.Ordinal).AsParallel().Where(IsSame)
            .ToHashSet(StringComparer.Ordinal);
    }

    private IEnumerable<AccessChange> Compare(NatsUser? before, NatsUser? after)
    {
        NatsUser user = after ?? before!;

        // Changes of a role, its key and the default permissions are reported once, not for each user.
        bool isSharing = before is not null && after is not null && IsSharing(before, after);
        foreach (AccessChange change in Claims(before, after).Where(change => !isSharing || change.Aspect != "issuer"))
        {
            yield return change;
        }

        if (before is not null && after is not null && Revocation(before, after) is { } revocation)
        {
            yield return revocation;
        }

        if (isSharing)
        {
            yield break;
        }

        foreach (SubjectDifference side in differences.Between(InForce(before), InForce(after)))
        {
            yield return Of(user, side, side.Aspect, side.Verb, side.Aspect == "publish" ? "pub" : "sub", user.Role, users: 0);
        }
    }

    /// <summary>
    /// Gets the change of a user that was revoked and may connect again although the revocation still covers its old token: its new token is later,
    /// or will be when the edit is signed. The opposite case is reported, too. A changed revocation is reported for the account instead.
    /// </summary>
    private static AccessChange? Revocation(NatsUser before, NatsUser after)
    {
        static bool IsRevoked(NatsUser user) => user.IsRevoked(user.Wanted) && user.State == EntityState.Revoked;
        (bool was, bool isNow) = (IsRevoked(before), IsRevoked(after));
        if (was == isNow || !(was ? after.IsRevoked(before.Wanted) : before.IsRevoked(after.Wanted)))
        {
            return null;
        }

        return new AccessChange(after)
        {
            Change = was ? AccessChangeKind.Granted : AccessChangeKind.Taken,
            Aspect = "iat",
            Message = was
                ? "was revoked and may connect again: its token is later than the revocation, or will be when the edit is signed"
                : "is revoked: its token is not later than the revocation",
        };
    }

    private static bool IsSharing(NatsUser before, NatsUser after) => (RoleOf(before), RoleOf(after)) switch
    {
        ({ } old, { } young) => RoleName(old) == RoleName(young)
            && before.Tags.SequenceEqual(after.Tags)
            && before.Wanted.Name == after.Wanted.Name
            && (!NamesAccount(old) || IsSameForTemplates(before.Parent, after.Parent))
            && (PermissionEvaluator.HasAny(old.Template) && PermissionEvaluator.HasAny(young.Template)),
        (null, null) => before.Template is null && after.Template is null
            && !PermissionEvaluator.HasAny(before.Permissions) && !PermissionEvaluator.HasAny(after.Permissions),
        _ => false,
    };

    /// <summary>Whether the template of a role has placeholders for its account, such as the account's name.</summary>
    private static bool NamesAccount(AccountSigningKey role) => PermissionUse.Lists(role.Template)
        .SelectMany(list => list.Entries)
        .Any(entry => TemplateExpander.HasPlaceholder(entry) && entry.Contains("account-", StringComparison.OrdinalIgnoreCase));

    private static bool IsSameForTemplates(NatsAccount before, NatsAccount after) =>
        before.Wanted.Name == after.Wanted.Name && before.Subject == after.Subject && before.Tags.SequenceEqual(after.Tags);

    /// <summary>
    /// Gets the role of a user; null for none. If several keys have a role of the same name, only the first key is compared for the role. The
    /// result is null for users of the others: they are compared one by one, because their template may differ.
    /// </summary>
    private static AccountSigningKey? RoleOf(NatsUser user)
    {
        AccountClaims account = user.Parent.Claims;
        return account.ScopeOf(user.Issuer) is { } scope && account.Scopes.First(key => RoleName(key.Item) == RoleName(scope)).Item == scope
            ? scope
            : null;
    }

    /// <summary>Compares claims other than permissions that both versions of an entity have.</summary>
    private static IEnumerable<AccessChange> Claims(NatsEntity? before, NatsEntity? after)
    {
        NatsEntity entity = after ?? before!;
        if (before is null || after is null)
        {
            yield return new AccessChange(entity)
            {
                Change = before is null ? AccessChangeKind.Granted : AccessChangeKind.Taken,
                Aspect = entity.Kind.ToLowerInvariant(),
                Message = before is null ? "was added" : "was removed",
            };
            yield break;
        }

        foreach (ClaimDifference difference in ClaimDifference.Between(after.Wanted, before.Wanted).Where(IsNoPermission))
        {
            yield return new AccessChange(entity)
            {
                Change = ClaimEffect.Of(difference),
                Aspect = difference.Claim,
                Claim = difference.Claim,
                Message = difference.ToString(),
            };
        }
    }

    /// <summary>Whether a difference is not in a list of permissions. These lists are compared as sets of subjects instead.</summary>
    private static bool IsNoPermission(ClaimDifference difference)
    {
        string claim = difference.Claim;
        bool isList = claim.EndsWith(".allow", StringComparison.Ordinal) || claim.EndsWith(".deny", StringComparison.Ordinal);
        return !isList || claim.StartsWith("mappings", StringComparison.Ordinal);
    }

    private static Permissions? InForce(NatsUser? user)
    {
        if (user is not { IsOfItsAccount: true })
        {
            return null;
        }

        AccountClaims account = user.Parent.Claims;
        AccountSigningKey? scope = account.ScopeOf(user.Issuer);
        UserPermissions? permissions = scope is null
            ? user.Permissions
            : TemplateExpander.Expand(scope.Template, user.Claims, account, new Findings());
        return permissions is null ? null : ServerTrust.InForce(permissions, account, scope).Permissions;
    }

    private static RoleState[] RolesOf(NatsAccount? account) => account is null ? [] : [.. account.Claims.Scopes
        .DistinctBy(key => RoleName(key.Item), StringComparer.Ordinal)
        .Select(key => new RoleState(
            RoleName(key.Item),
            key.Index,
            ServerTrust.InForce(TemplateExpander.AsText(key.Item.Template), account.Claims, key.Item).Permissions!))];

    private static string RoleName(AccountSigningKey key) => string.IsNullOrEmpty(key.Role) ? key.Key : key.Role;

    private static AccessChange Of(
        NatsEntity entity, SubjectDifference side, string aspect, string words, string claim, string? role, int users) => new(entity)
    {
        Change = side.Change,
        Aspect = aspect,
        Claim = claim,
        Role = role,
        Subjects = new PrintableList<string>(side.Subjects),
        Message = $"{words} {string.Join("; ", side.Subjects)}",
        Users = users,
    };

    private T[] Children<T>(NatsStore store, NatsEntity? parent, IReadOnlySet<string>? except = null)
        where T : NatsEntity => parent is null ? [] : [.. store.ReadChildren<T>(parent, unreadable, except)];

    private static IEnumerable<(T? Before, T? After)> Pairs<T>(IReadOnlyList<T> before, IReadOnlyList<T> after)
        where T : NatsEntity => Pairs(before, after, entity => entity.Name);

    private static IEnumerable<(T? Before, T? After)> Pairs<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> nameOf)
        where T : class
    {
        // Names are compared without case, unless one side has two names that differ only in case. A file system may allow that for entities, and
        // accounts always allow it for roles.
        StringComparer comparer = HasTwice(before) || HasTwice(after) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        bool HasTwice(IReadOnlyList<T> items) => items.Select(nameOf).Distinct(StringComparer.OrdinalIgnoreCase).Count() < items.Count;
        var old = before.ToDictionary(nameOf, comparer);
        var young = after.ToDictionary(nameOf, comparer);
        return old.Keys.Union(young.Keys, comparer).Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => (old.GetValueOrDefault(name), young.GetValueOrDefault(name)));
    }

    /// <param name="Name">The name of the role, or its public key if it has no name.</param>
    /// <param name="Index">The index of its key in the account's list of signing keys.</param>
    /// <param name="Permissions">The permissions of the role.</param>
    private sealed record RoleState(string Name, int Index, Permissions Permissions);
}
