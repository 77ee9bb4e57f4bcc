using NatsKeys.Claims;
using NatsKeys.Entities;
using NatsKeys.Trust;
using NatsKeys.Validation;

namespace NatsKeys.Signing;

/// <summary>Makes the entries of an account's signing keys.</summary>
internal static class ScopeEditing
{
    /// <exception cref="NatsKeysException">The account has the role already, or the template breaks a rule.</exception>
    public static AccountSigningKey Entry(NatsAccount account, string publicKey, NewScope? scope)
    {
        if (scope is null)
        {
            return new AccountSigningKey { Key = publicKey };
        }

        if (account.SigningKeys.FirstOrDefault(key => key.IsScoped && key.Role == scope.Role) is { } other)
        {
            throw new NatsKeysException(ErrorCode.SigningKeyExists, $"The role '{scope.Role}' of {account.Path} is that of key {other} already.");
        }

        RequireRules(scope);
        scope.Template.AbsentLimit = LimitText.Unlimited;
        return new AccountSigningKey { Key = publicKey, IsScoped = true, Role = scope.Role, Template = scope.Template, Description = scope.Description };
    }

    /// <summary>The reference does not look into templates, and servers refuse the users instead. So it is asked here.</summary>
    private static void RequireRules(NewScope scope)
    {
        if (string.IsNullOrWhiteSpace(scope.Role))
        {
            throw new NatsKeysException(ErrorCode.InvalidName, "A scoped signing key needs the name of a role.");
        }

        var findings = new Findings();
        UserRules.CheckPermissions(TemplateExpander.Sample(scope.Template, findings), findings);
        if (findings.HasErrors)
        {
            string list = string.Join("; ", findings.All.Select(finding => $"{finding.Message.TrimEnd('.')} ({finding.Rule})"));
            throw new NatsKeysException(ErrorCode.RuleBroken, $"The template of role '{scope.Role}' would break rules that servers enforce: {list}. Nothing was signed.");
        }
    }
}
