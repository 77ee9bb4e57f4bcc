using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Entities;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Makes an operator, signed by its own identity key.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Operator, SupportsShouldProcess = true)]
[OutputType(typeof(NatsOperator))]
public sealed class NewNatsOperatorCommand : NewEntityCmdlet
{
    private protected override (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent() => (OpenStore(), null, null);

    private protected override NatsEntity Create(EntityEditor editor, NewEntity request, EntityPath? parent) => editor.CreateOperator(request);
}
