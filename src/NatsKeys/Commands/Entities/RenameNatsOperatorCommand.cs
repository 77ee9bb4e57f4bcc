using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Entities;

namespace NatsKeys.Commands;

/// <summary>Gives an operator another name and signs it again.</summary>
[Cmdlet(VerbsCommon.Rename, Nouns.Operator, SupportsShouldProcess = true)]
[OutputType(typeof(NatsOperator))]
public sealed class RenameNatsOperatorCommand : RenameEntityCmdlet
{
    /// <summary>The operator.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Operator;

    private protected override NatsEntity Resolve() => OperatorArgument.Resolve(Operator, OpenStore);
}
