using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>The users, role or default of an account that share the same permissions, so that access is computed once for all of them.</summary>
/// <param name="Kind">The kind of holder.</param>
/// <param name="Account">The account.</param>
/// <param name="Role">The role; null for none.</param>
/// <param name="Source">Where the permissions come from.</param>
/// <param name="Permissions">The permissions.</param>
/// <param name="Server">The version of the servers.</param>
internal sealed record AccessGroup(
    AccessHolderKind Kind, EntityPath Account, string? Role, PermissionSource Source, Permissions Permissions, ServerVersion Server)
{
    private readonly Lazy<IReadOnlyList<EntityPath>> users = new([]);
    private readonly Lazy<SubjectSet> publishable = new(() => PermissionEvaluator.Publishable(Permissions, Server));
    private readonly Lazy<SubjectSet> receivable = new(() => PermissionEvaluator.Receivable(Permissions, Server));

    /// <summary>The users that servers accept; empty for a role or default permissions.</summary>
    public IReadOnlyList<EntityPath> Users => users.Value;

    /// <summary>
    /// Finds the users that servers accept. It is called only when the users are read, because verifying signatures takes more time than everything
    /// else.
    /// </summary>
    public Func<IReadOnlyList<EntityPath>> UsersLetIn { init => users = new Lazy<IReadOnlyList<EntityPath>>(value); }

    /// <summary>
    /// The group with placeholders as literal tokens instead of wildcards, so that it has only the permissions that all users share. Null if there
    /// are no placeholders.
    /// </summary>
    public AccessGroup? OfEach { get; private init; }

    /// <summary>Gets the subjects that the users may publish or subscribe to.</summary>
    /// <param name="direction">Publish or subscribe.</param>
    public SubjectSet SubjectsTo(AccessDirection direction) => (direction == AccessDirection.Publish ? publishable : receivable).Value;

    /// <summary>Creates the group of all possible users of a role, whether or not any exist. Placeholders match any token.</summary>
    /// <param name="account">The account.</param>
    /// <param name="claims">The claims of the account.</param>
    /// <param name="key">The signing key with the role.</param>
    /// <param name="server">The version of the server.</param>
    public static AccessGroup OfRole(EntityPath account, AccountClaims claims, AccountSigningKey key, ServerVersion server)
    {
        AccessGroup Of(UserPermissions template) =>
            AccessGroup.Of(AccessHolderKind.Role, account, ServerTrust.InForce(template, claims, key), server);
        return Of(TemplateExpander.ForSomebody(key.Template, claims)) with
        {
            OfEach = PermissionUse.Lists(key.Template).Any(list => list.Entries.Any(TemplateExpander.HasPlaceholder))
                ? Of(TemplateExpander.AsText(key.Template))
                : null,
        };
    }

    /// <summary>Creates a group from a server's decision.</summary>
    /// <param name="kind">The kind of holder.</param>
    /// <param name="account">The account.</param>
    /// <param name="decision">The server's decision.</param>
    /// <param name="server">The version of the server.</param>
    public static AccessGroup Of(AccessHolderKind kind, EntityPath account, ConnectDecision decision, ServerVersion server) =>
        new(kind, account, decision.Role, decision.Source!.Value, decision.Permissions!, server);

    /// <summary>
    /// Whether the allow list permits one of these subjects at all. This cheap check rules out most groups before their sets of subjects are
    /// computed.
    /// </summary>
    /// <param name="direction">Publish or subscribe.</param>
    /// <param name="subjects">The subjects.</param>
    public bool MayUse(AccessDirection direction, SubjectSet subjects)
    {
        ClaimList<string> allowed = direction == AccessDirection.Publish ? Permissions.Pub.Allow : Permissions.Sub.Allow;
        return allowed.Count == 0 || allowed.Any(entry => subjects.Parts.Any(part => Subjects.Collide(Open(entry), part.Include.Text)));
    }

    /// <summary>The subject of an entry. For servers, a wildcard at its end matches the rest of the subject.</summary>
    private static string Open(string entry)
    {
        string subject = entry.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");
        return subject.EndsWith('*') ? subject[..^1] + ">" : subject;
    }

    /// <summary>A key that is equal for equal permissions.</summary>
    /// <param name="permissions">The permissions.</param>
    public static string KeyOf(Permissions permissions) => string.Join('\n', PermissionUse.Lists(permissions)
        .Select(list => $"{list.Member}{(list.Entries.IsStatedEmpty ? "=" : "")}:{string.Join('\u0001', list.Entries)}")
        .Append(permissions.Resp is null ? "" : "resp"));
}
