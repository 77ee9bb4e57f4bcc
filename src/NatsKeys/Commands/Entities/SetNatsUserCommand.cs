using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Changes a user and signs it again.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.User, SupportsShouldProcess = true)]
[OutputType(typeof(NatsUser))]
public sealed class SetNatsUserCommand : SetEntityCmdlet<UserArgument, NatsUser>, IDynamicParameters
{
    private readonly UserPermissionRemovals removals = new();
    private readonly UserPermissionAdditions additions = new();
    private ParameterGroups? groups;

    // The key of the role to which the current user moves; null if it stays.
    private SigningKeyArgument? ofRole;

    /// <summary>Creates the cmdlet.</summary>
    public SetNatsUserCommand()
        : base([nameof(Role), .. ParameterGroups.NamesOf<UserPermissionParameters>()])
    {
    }

    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The users.")]
    [EntityName(typeof(UserArgument[]))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument[] User { get; set; } = [];

    /// <summary>The account of the user. The default is all accounts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the user. The default is all operators.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>
    /// The role to which the user moves: the account's scoped signing key of this name signs, and its template says what the user may do.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountRoleCompleter))]
    public string? Role { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountSignerCompleter))]
    public override SigningKeyArgument? SigningKey { get; set; }

    private protected override IReadOnlyList<UserArgument> Named => User;

    /// <summary>Gets the parameters that the cmdlet shares with others.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(
        new UserPermissionParameters(), additions, removals)).Parameters;

    private protected override NatsUser Resolve(UserArgument? named)
    {
        ofRole = null;
        NatsUser user = Rows.Resolve(named!, Account, Operator);
        string? role = Role ?? (Row?.Cell(nameof(NatsUser.Role)) is { } cell ? InputFormatter.OfCell(cell) : null);
        if (Role is not null && SigningKey is not null)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"-{nameof(Role)} and -{nameof(SigningKey)} both say who signs the {user.Path}. Specify only one of them.");
        }

        if (role is not null && role != user.Role && SigningKey is null)
        {
            ofRole = new SigningKeyArgument(ScopedKey.Of(user.Store.GetShared<NatsAccount>(user.Path.Parent!), role, user.Name));
        }

        return user;
    }

    private protected override SigningKeyChoice ChosenKey => ofRole?.ToChoice(Paths.Full) ?? base.ChosenKey;

    private protected override void ApplyTo(NatsUser entity)
    {
        groups!.Bind();

        // A table of users shows what the role permits. Users of the role have no permissions of their own.
        UserPermissionParameters given = groups.Read<UserPermissionParameters>(Row);
        bool isTyped = ParameterGroups.NamesOf<UserPermissionParameters>().Any(name => groups.Parameters[name].IsSet);
        if (isTyped || !given.IsSameAs(entity.Template))
        {
            given.ApplyTo(entity.Permissions);
        }

        removals.ApplyTo(entity.Permissions);
        additions.ApplyTo(entity.Permissions);
    }

    private protected override IEnumerable<(string Parameter, string Value, string? Meant)> Missing => removals.Missing;

    private protected override void Warn(EntityChangeResult<NatsUser> change)
    {
        Messages.WriteLostRole(change);
        if (change.Entity.Role is null)
        {
            Messages.WriteOpened(change, removals, $"The {change.Entity.Path}");
        }
    }
}
