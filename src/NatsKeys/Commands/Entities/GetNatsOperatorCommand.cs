using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the operators of a store.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Operator, DefaultParameterSetName = ByName)]
[OutputType(typeof(NatsOperator))]
public sealed class GetNatsOperatorCommand : GetEntityCmdlet
{
    /// <summary>Names; wildcards are allowed. The default is all operators.</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByStore, Position = 0)]
    [EntityName(typeof(OperatorArgument[]), typeof(NatsStore))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument[] Name { get; set; } = [];

    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByStore, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The store.")]
    [PipelineInput]
    [ValidateNotNull]
    public override StoreArgument? Store { get; set; }

    private protected override void ProcessItem()
    {
        // An object knows its own store. A name is looked up in the specified store.
        string[] names = WriteObjects(Name, named => OperatorArgument.Resolve(named, Stores.Open), typeof(NatsOperator));
        if (names.Length > 0 || Name.Length == 0)
        {
            WriteMissing(WriteMatching(Stores.Open(), parent: null, names), EntityKind.Operator, () => Stores.Open().Names());
        }
    }
}
