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
public sealed class SetNatsAccountCommand : SetEntityCmdlet, IDynamicParameters
{
    private readonly AccountParameters settings = new();
    private readonly PermissionParameters permissions = new();
    private readonly PermissionRemovals removals = new();
    private ParameterGroups? groups;

    /// <summary>The account. Not needed where there is only one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, where accounts of several operators have the same name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Account;

    /// <summary>The parameters that it shares with other cmdlets.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(settings, permissions, removals)).Parameters;

    private protected override NatsEntity Resolve() => AccountArgument.Resolve(Account, Operator, Stores.Open);

    private protected override void ApplyTo(NatsEntity entity)
    {
        groups?.Bind();
        var account = (NatsAccount)entity;
        settings.ApplyTo(account.Claims);
        removals.ApplyTo(account.Claims.DefaultPermissions);
        permissions.ApplyTo(account.Claims.DefaultPermissions);
    }

    private protected override void Warn(EntityChange change)
    {
        Messages.WriteOpened(change, removals, $"Users of {change.Entity.Path} without permissions of their own");
        if (change.IsChanged && settings.DisallowBearer)
        {
            WriteBearers((NatsAccount)change.Entity);
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
                $"Users that get in by their token alone are refused, once servers know the {account.Path} as it is now: {PathNames.Of(bearers)}.");
        }
    }
}
