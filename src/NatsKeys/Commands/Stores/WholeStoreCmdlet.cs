using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that read every entity of a store, or of one of its operators.</summary>
public abstract class WholeStoreCmdlet : StoreCmdlet
{
    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    public override StoreArgument? Store { get; set; }

    /// <summary>The operator whose entities are processed. The default is all operators.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Store;

    /// <summary>
    /// Opens the store of this item, which must exist. A missing store has no errors, so a mistyped name would pass for a good store.
    /// </summary>
    private protected NatsStore OpenExisting()
    {
        NatsStore store = Stores.OpenOf(Operator);
        return store.Exists ? store : throw StoreRoots.NotFound(store);
    }
}
