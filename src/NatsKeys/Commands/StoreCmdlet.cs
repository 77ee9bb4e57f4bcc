using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that read entities or keys: they take a store, and an entity that came down the pipeline knows its own.
/// </summary>
public abstract class StoreCmdlet : NatsCmdlet
{
    // Of the cmdlets that take names or a store from the pipeline. A store is none of the names, and text is no store.
    private protected const string ByName = "Name";
    private protected const string ByStore = "Store";
    private readonly HashSet<string> unreadable = [];

    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter]
    [ValidateNotNull]
    public virtual StoreArgument? Store { get; set; }

    /// <summary>The store that the parameters name for this item: several may come down the pipeline.</summary>
    private protected NatsStore OpenStore()
    {
        NatsStore store = OpenWithKeys(Store);
        if (Store is null && Reads)
        {
            StoreRoots.RequireNamed(store);
        }

        return store;
    }

    /// <summary>
    /// Whether the cmdlet looks at what is there. The others make the store with the first entity, or say which entity is not there.
    /// </summary>
    private protected virtual bool Reads =>
        MyInvocation.MyCommand is CmdletInfo { Verb: VerbsCommon.Get
            or VerbsDiagnostic.Test
            or VerbsData.ConvertTo
            or VerbsData.Export
            or VerbsData.Compare };

    /// <summary>The store that is named, else that of an operator that came as an object.</summary>
    private protected NatsStore OpenStore(OperatorArgument? above) =>
        Store is null && above is not null ? above.Locate(OpenStore).Store : OpenStore();

    /// <summary>What is changed in a store, for -WhatIf.</summary>
    private protected static string Target(object what, NatsStore store) => $"{what} in the store {store.Location}";

    /// <summary>Reports a file that could not be read, once, however often it is looked at in a pipeline. The rest goes on.</summary>
    private protected void WriteUnreadable(NatsKeysException error)
    {
        if (unreadable.Add(error.Path ?? error.Message))
        {
            WriteError(ErrorCatalog.ToRecord(error, error.Path));
        }
    }

    /// <summary>Warns that what a role denied a user does not hold it any more.</summary>
    private protected void WriteLeft(EntityChange change)
    {
        if (change.LeavesRole)
        {
            WriteWarning(
                $"The {change.Entity.Path} was the user of a role. Now it may do what its own permissions say, or those of its account: look at "
                    + "them with Get-NatsUser.");
        }
    }
}
