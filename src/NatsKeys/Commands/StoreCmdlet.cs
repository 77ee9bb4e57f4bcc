using System.Management.Automation;
using NatsKeys.Binding;

namespace NatsKeys.Commands;

/// <summary>
/// The base class of the cmdlets that read entities or keys. They have a store; an entity that comes down the pipeline knows its own.
/// </summary>
public abstract class StoreCmdlet : NatsCmdlet
{
    // The parameter sets of cmdlets that accept names or a store from the pipeline. A store is not a name, and text is not a store.
    private protected const string ByName = "Name";
    private protected const string ByStore = "Store";

    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    public virtual StoreArgument? Store { get; set; }

    internal sealed override StoreArgument? NamedStore => Store;
}
