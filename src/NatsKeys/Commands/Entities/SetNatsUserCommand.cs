using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
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

    /// <summary>Creates the cmdlet.</summary>
    public SetNatsUserCommand()
        : base(ParameterGroups.NamesOf<UserPermissionParameters>())
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
        NatsUser user = Rows.Resolve(named!, Account, Operator);
        return SigningKey is null && Row?.Cell(nameof(NatsUser.Role)) is { } role && InputFormatter.OfCell(role) != user.Role
            ? throw new AdvisedException(
                ErrorCode.InvalidClaims,
                $"The column '{nameof(NatsUser.Role)}' cannot come from a table, and its value differs from that in the store. To move users to a "
                    + "role, specify it with -SigningKey, or leave the column out. This row was skipped.")
            : user;
    }

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
