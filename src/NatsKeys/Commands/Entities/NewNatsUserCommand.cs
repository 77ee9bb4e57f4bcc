using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Creates users of an account.</summary>
[Cmdlet(VerbsCommon.New, Nouns.User, SupportsShouldProcess = true, DefaultParameterSetName = ByParent)]
[OutputType(typeof(NatsUser))]
public sealed class NewNatsUserCommand : NewEntityCmdlet<NatsUser>
{
    // The template of the role that was specified.
    private UserPermissions? template;

    /// <summary>The account, or one of its signing keys, which then signs the user. Not needed if there is only one account.</summary>
    [Parameter(ParameterSetName = ByParent, Position = 1, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow, Position = 1, ValueFromPipelineByPropertyName = true)]
    [EntityInput(typeof(AccountArgument), IsOne = true)]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The role of the user: the account's scoped signing key of this name signs, and its template says what the user may do.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AccountRoleCompleter))]
    public string? Role { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountSignerCompleter))]
    public override SigningKeyArgument? SigningKey { get; set; }

    private protected override object[] MakeGroups() => [new UserPermissionParameters()];

    private protected override (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent()
    {
        template = null;
        NatsAccount parent = AccountArgument.Resolve(Above(nameof(Account), Account), Specified(nameof(Operator), Operator), Stores.Open);
        return (parent.Store, parent.Path, Specified(nameof(Role), Role) is { } role ? KeyOf(parent, role) : Account?.SigningKey);
    }

    private SigningKeyArgument KeyOf(NatsAccount account, string role)
    {
        if ((SigningKey ?? Account?.SigningKey) is not null)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"The user '{Current}' has both a role and a signing key. Specify only one of them. Nothing was signed.");
        }

        NatsSigningKey scoped = ScopedKey.Of(account, role, Current);
        template = account.ScopeOf(scoped.PublicKey)?.Template;
        return new SigningKeyArgument(scoped);
    }

    /// <summary>Returns the default expiry of the store, for a user without a specified expiry.</summary>
    private protected override DateTimeOffset? DefaultExpiry(NatsStore store, EntityPath path)
    {
        DateTimeOffset? expires = store.Defaults.ExpiryOf(TimeProvider.System.GetUtcNow());
        if (expires is not null)
        {
            WriteVerbose($"The {path} expires at {expires:u}, because the store's default is {store.Defaults.Expires}.");
        }

        return expires;
    }

    private protected override void ApplyTo(NatsUser existing)
    {
        UserPermissionParameters given = Given<UserPermissionParameters>();
        if (IsAnyTyped || !given.IsSameAs(template ?? existing.Template))
        {
            given.ApplyTo(existing.Permissions);
        }
    }

    private protected override Func<EntityEditor, NewEntity, NatsUser> Creation(EntityPath? parent)
    {
        // A table of users shows what the role permits. Users of the role have no permissions of their own.
        UserPermissionParameters given = Given<UserPermissionParameters>();
        UserPermissions? own = !IsAnyTyped && given.IsSameAs(template) ? null : given.Make();
        return (editor, request) => editor.CreateUser(request with { Permissions = own }, parent!);
    }
}
