using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Entities;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Makes a user of an account.</summary>
[Cmdlet(VerbsCommon.New, Nouns.User, SupportsShouldProcess = true)]
[OutputType(typeof(NatsUser))]
public sealed class NewNatsUserCommand : NewEntityCmdlet, IDynamicParameters
{
    private readonly UserPermissionParameters permissions = new();

    /// <summary>The account, or one of its signing keys, which then signs the user. Not needed where there is only one account.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, where accounts of several operators have the same name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The parameters that say what the user may do.</summary>
    public object GetDynamicParameters() => permissions;

    private protected override (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent()
    {
        NatsAccount parent = AccountArgument.Resolve(Account, Operator, OpenStore);
        return (parent.Store, parent.Path, Account?.SigningKey);
    }

    private protected override NatsEntity Create(EntityEditor editor, NewEntity request, EntityPath? parent) => 
        editor.CreateUser(request with { Permissions = permissions.Make() }, parent!);
}
