using System.Management.Automation;
using NatsKeys.Binding;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that read entities or keys: they take a store, and an entity that came down the pipeline knows its own.
/// </summary>
public abstract class StoreCmdlet : NatsCmdlet
{
    // Of the cmdlets that take names or a store from the pipeline. A store is none of the names, and text is no store.
    private protected const string ByName = "Name";
    private protected const string ByStore = "Store";

    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter]
    [ValidateNotNull]
    public virtual StoreArgument? Store { get; set; }

    internal sealed override StoreArgument? NamedStore => Store;
}
