using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Creates and changes the entries of an account's signing keys.</summary>
internal static class ScopeEditing
{
    /// <exception cref="NatsKeysException">The account already has the role, or the template breaks a rule.</exception>
    public static AccountSigningKey Entry(NatsAccount account, string publicKey, NewScope? scope)
    {
        var entry = new AccountSigningKey { Key = publicKey };
        if (scope is not null)
        {
            entry.Template = ClaimCopier.Copy(scope.Template);
            entry.Template.AbsentLimit = LimitParser.Unlimited;
            Apply(account, entry, new ScopeChangeRequest { Role = scope.Role, Description = scope.Description });
        }

        return entry;
    }

    /// <exception cref="NatsKeysException">The key has no role, another key already has that role, or the template breaks a rule.</exception>
    public static void Apply(NatsAccount account, AccountSigningKey entry, ScopeChangeRequest change)
    {
        if (!entry.IsScoped && change.Role is null)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"Key {entry.Key} of {account.Path} has no role, so the users that it signs have their own permissions.")
            {
                Remedy = Remedy.NameRole,
            };
        }

        if (change.Role is not null)
        {
            RequireRole(account, entry, change.Role);
            (entry.IsScoped, entry.Role) = (true, change.Role);
        }

        entry.Description = change.Description is null ? entry.Description : change.Description.Length == 0 ? null : change.Description;
        change.Template?.Invoke(entry.Template);
        RequireRules(entry);
    }

    private static void RequireRole(NatsAccount account, AccountSigningKey entry, string role)
    {
        if (string.IsNullOrWhiteSpace(role))
        {
            throw new NatsKeysException(ErrorCode.InvalidName, "A scoped signing key must have a role name.");
        }

        if (account.GetSigningKeys().FirstOrDefault(key => key.IsScoped && key.Role == role && key.PublicKey != entry.Key) is { } other)
        {
            throw new NatsKeysException(ErrorCode.SigningKeyExists, $"The role '{role}' of {account.Path} already belongs to key {other}.");
        }
    }

    /// <summary>
    /// Throws if the template breaks a rule. The reference implementation does not check templates, and servers reject the users instead.
    /// </summary>
    internal static void RequireRules(AccountSigningKey entry)
    {
        UserPermissions template = entry.Template;
        if (template.Subs == 0 || template.Data == 0 || template.Payload == 0)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidLimit,
                $"The role '{entry.Role}' cannot have a limit of 0: tokens leave out a 0, and servers read a missing limit of a role as no limit. "
                    + "Specify at least 1, or deny the subjects. Nothing was signed.");
        }

        var findings = new Findings();
        UserRules.CheckPermissions(TemplateExpander.Sample(entry.Template, findings), findings);
        if (findings.HasErrors)
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken,
                $"The template of role '{entry.Role}' breaks rules that servers enforce: {Findings.Show(findings.All)}. Nothing was signed.");
        }
    }
}

/// <summary>The scope of a new signing key: a role, and the permissions of the users that the key signs.</summary>
/// <param name="Role">The role's name, which also selects the key.</param>
/// <param name="Template">The permissions of the users. Servers expand placeholders such as <c>{{name()}}</c> for each user.</param>
/// <param name="Description">A description; null for none.</param>
internal sealed record NewScope(string Role, UserPermissions Template, string? Description = null);

/// <summary>A request to change the scope of a signing key. Null keeps the current value.</summary>
internal sealed record ScopeChangeRequest
{
    /// <summary>The role's name. A role turns a plain key into a scoped one.</summary>
    public string? Role { get; init; }

    /// <summary>The description; empty to remove it.</summary>
    public string? Description { get; init; }

    /// <summary>Changes the template.</summary>
    public Action<UserPermissions>? Template { get; init; }
}
