using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes an operator.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Operator, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EntityRemovalResult))]
public sealed class RemoveNatsOperatorCommand : RemoveEntityCmdlet<OperatorArgument>
{
    /// <summary>The operator.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The operator.")]
    [EntityName(typeof(OperatorArgument[]))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument[] Operator { get; set; } = [];

    /// <summary>Also removes the accounts and users of the operator.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    private protected override IReadOnlyList<OperatorArgument> Named => Operator;

    private protected override (NatsStore Store, EntityPath Path) Locate(OperatorArgument named)
    {
        Rows.Require(named, typeof(NatsOperator));
        return named.Locate(Stores.Open);
    }

    private protected override EntityRemovalRequest Complete(EntityRemovalRequest request) => request with { Recurse = Recurse };

    private protected override void Warn(EntityRemovalResult removal) =>
        WriteWarning($"Servers that trust the {removal.Path} keep trusting it until they are restarted with another configuration.");
}
