using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Makes a user of an account.</summary>
[Cmdlet(VerbsCommon.New, Nouns.User, SupportsShouldProcess = true, DefaultParameterSetName = ByParent)]
[OutputType(typeof(NatsUser))]
public sealed class NewNatsUserCommand : NewEntityCmdlet
{
    /// <summary>The account, or one of its signing keys, which then signs the user. Not needed where there is only one account.</summary>
    [Parameter(ParameterSetName = ByParent, Position = 1, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow, Position = 1, ValueFromPipelineByPropertyName = true)]
    [EntityInput(typeof(AccountArgument))]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, where accounts of several operators have the same name.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountSignerCompleter))]
    public override SigningKeyArgument? SigningKey { get; set; }

    private protected override object[] MakeGroups() => [new UserPermissionParameters()];

    private protected override (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent()
    {
        NatsAccount parent = AccountArgument.Resolve(Said(nameof(Account), Account), Said(nameof(Operator), Operator), OpenStore);
        return (parent.Store, parent.Path, Account?.SigningKey);
    }

    private protected override NatsEntity Create(EntityEditor editor, NewEntity request, EntityPath? parent) =>
        editor.CreateUser(request with { Permissions = Given<UserPermissionParameters>().Make() }, parent!);
}
