using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Renames an operator and signs it again.</summary>
[Cmdlet(VerbsCommon.Rename, Nouns.Operator, SupportsShouldProcess = true)]
[OutputType(typeof(NatsOperator))]
public sealed class RenameNatsOperatorCommand : RenameEntityCmdlet<RenameOperatorParameters, RenamePipedOperatorParameters>
{
    private protected override object? CurrentItem => Given.Operator;

    private protected override NatsEntity Resolve()
    {
        Rows.Require(Given.Operator, typeof(NatsOperator));
        return OperatorArgument.Resolve(Given.Operator, Stores.Open);
    }
}
