using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Rotation;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that read entities or keys: they take a store, and an entity that came down the pipeline knows its own.</summary>
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
    private protected NatsStore OpenStore() => OpenWithKeys(Store);

    /// <summary>The store that is named, else that of an operator that came as an object.</summary>
    private protected NatsStore OpenStore(OperatorArgument? above) => Store is null && above is not null ? above.Locate(OpenStore).Store : OpenStore();

    /// <summary>Reports a file that could not be read, once, however often it is looked at in a pipeline. The rest goes on.</summary>
    private protected void WriteUnreadable(NatsKeysException error)
    {
        if (unreadable.Add(error.Path ?? error.Message))
        {
            WriteError(ErrorCatalog.ToRecord(error, error.Path));
        }
    }

    /// <summary>Says what was signed by which key, or that nothing was.</summary>
    private protected void Tell(EntityChange result)
    {
        WriteNotices(result.Entity.Store);
        WriteVerbose(result.IsChanged
            ? $"Signed {result.Entity.Path} with {result.Entity.Issuer}."
            : $"The {result.Entity.Path} is as asked for already: nothing was signed or written.");
    }

    /// <summary>Says what is still owed of a key's replacement, and gives the object that says all.</summary>
    private protected void Finish(KeyRotation rotation)
    {
        const int most = 10;
        WriteNotices(rotation.Owner.Store);
        WriteVerbose($"Signed {rotation.Owner.Path} with {rotation.Owner.Issuer}, and {rotation.SignedAgain.Count + rotation.Importers.Count} others again.");
        foreach (OwedSignature owed in rotation.Owed.Take(most))
        {
            WriteWarning($"Not signed again: {owed}");
        }

        if (rotation.Owed.Count > most)
        {
            WriteWarning($"{rotation.Owed.Count - most} more were not signed again: the property Owed has all.");
        }

        if (rotation.LeftRevoked.Count > 0)
        {
            WriteVerbose($"Revoked, and left as they are: {Names(rotation.LeftRevoked)}.");
        }

        WriteObject(rotation);
    }

    /// <summary>Warns that what a role denied a user does not hold it any more.</summary>
    private protected void WriteLeft(EntityChange change)
    {
        if (change.LeavesRole)
        {
            WriteWarning($"The {change.Entity.Path} was the user of a role. Now it may do what its own permissions say, or those of its account: look at them with Get-NatsUser.");
        }
    }
}
