using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Entities;

namespace NatsKeys.Commands;

/// <summary>Gives the operators of a store.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Operator)]
[OutputType(typeof(NatsOperator))]
public sealed class GetNatsOperatorCommand : GetEntityCmdlet
{
    /// <summary>Names; wildcards are allowed. All operators without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected override void ProcessItem() => WriteMissing(WriteMatching(OpenStore(), parent: null, Name), "operator");
}
