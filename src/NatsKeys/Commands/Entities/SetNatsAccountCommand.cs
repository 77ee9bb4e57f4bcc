using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;
using NatsKeys.Formatting;

namespace NatsKeys.Commands;

/// <summary>Changes an account and signs it again.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.Account, SupportsShouldProcess = true)]
[OutputType(typeof(NatsAccount))]
public sealed class SetNatsAccountCommand : SetEntityCmdlet<AccountArgument, NatsAccount>, IDynamicParameters
{
    private AccountParameters settings = new();
    private readonly PermissionRemovals removals = new();
    private readonly PermissionAdditions additions = new();
    private ParameterGroups? groups;

    /// <summary>Creates the cmdlet.</summary>
    public SetNatsAccountCommand()
        : base([.. ParameterGroups.NamesOf<AccountParameters>(), .. ParameterGroups.NamesOf<PermissionParameters>()])
    {
    }

    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [EntityName(typeof(AccountArgument[]))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override IReadOnlyList<AccountArgument>? Named => Account;

    /// <summary>Gets the parameters that the cmdlet shares with others.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(
        new AccountParameters(), new PermissionParameters(), additions, removals)).Parameters;

    private protected override NatsAccount Resolve(AccountArgument? named) => Rows.Resolve(named, Operator);

    private protected override void ApplyTo(NatsAccount entity)
    {
        groups!.Bind();
        settings = groups.Read<AccountParameters>(Row);
        settings.ApplyTo(entity.Claims);
        groups.Read<PermissionParameters>(Row).ApplyTo(entity.Claims.DefaultPermissions);
        removals.ApplyTo(entity.Claims.DefaultPermissions);
        additions.ApplyTo(entity.Claims.DefaultPermissions);
    }

    private protected override IEnumerable<(string Parameter, string Value, string? Meant)> Missing => removals.Missing;

    private protected override void Warn(EntityChangeResult<NatsAccount> change)
    {
        Messages.WriteOpened(change, removals, $"Users of {change.Entity.Path} without permissions of their own");
        if (change.IsChanged && settings.DisallowBearer)
        {
            WriteBearers(change.Entity);
        }
    }

    private void WriteBearers(NatsAccount account)
    {
        EntityPath[] bearers = [.. account.Store.Children(account)
            .Cast<NatsUser>()
            .Where(user => (user.Template ?? user.Permissions).BearerToken)
            .Select(user => user.Path)];
        if (bearers.Length > 0)
        {
            WriteWarning(
                $"Bearer users will be rejected as soon as servers have the new {account.Path}: {PathNames.Of(bearers)}.");
        }
    }
}
