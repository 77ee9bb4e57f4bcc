using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives the accounts of one operator, or of all.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Account)]
[OutputType(typeof(NatsAccount))]
public sealed class GetNatsAccountCommand : GetEntityCmdlet
{
    /// <summary>Names; wildcards are allowed. All accounts without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The operator. All operators without it.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override void ProcessItem() => WriteMatching(Entities.Operators(Operator), Name, "account");
}
