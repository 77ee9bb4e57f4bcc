using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Entities;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Makes an account of an operator.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Account, SupportsShouldProcess = true)]
[OutputType(typeof(NatsAccount))]
public sealed class NewNatsAccountCommand : NewEntityCmdlet
{
    /// <summary>The operator, or one of its signing keys, which then signs the account. Not needed where there is only one operator.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent()
    {
        NatsOperator parent = OperatorArgument.Resolve(Operator, OpenStore);
        return (parent.Store, parent.Path, Operator?.SigningKey);
    }

    private protected override NatsEntity Create(EntityEditor editor, NewEntity request, EntityPath? parent) => editor.CreateAccount(request, parent!);
}
