using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that read entities or keys: they take a store, and an entity that came down the pipeline knows its own.</summary>
public abstract class StoreCmdlet : NatsCmdlet
{
    private NatsStore? opened;

    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter]
    [ValidateNotNull]
    public virtual StoreArgument? Store { get; set; }

    /// <summary>The store that the parameters name. It is opened once.</summary>
    private protected NatsStore OpenStore()
    {
        if (opened is null)
        {
            opened = Store is null ? StoreRoots.OpenDefault() : Store.Open(FullPath);
            WriteNotices(opened);
            if (opened.Keys.Exposure is { } exposure)
            {
                WriteWarning(exposure);
            }
        }

        return opened;
    }

    /// <summary>What can be done where the key that signs an entity is elsewhere.</summary>
    private protected static string? AdviceOnKey(NatsKeysException error) => error.Code == ErrorCode.SigningKeyNotFound
        ? "Where the key is on another machine, New-NatsSigningRequest asks there for what the file of the entity states."
        : null;

    /// <summary>Says what was signed by which key, or that nothing was.</summary>
    private protected void Tell(EntityChange result)
    {
        WriteNotices(result.Entity.Store);
        WriteVerbose(result.IsChanged
            ? $"Signed {result.Entity.Path} with {result.Entity.Issuer}."
            : $"The {result.Entity.Path} is as asked for already: nothing was signed or written.");
    }

    /// <summary>Warns that what a role denied a user does not hold it any more.</summary>
    private protected void WriteLeft(EntityChange change)
    {
        if (change.LeavesRole)
        {
            WriteWarning($"The {change.Entity.Path} was the user of a role. Now it may do what its own permissions say, or those of its account: look at them with Get-NatsUser.");
        }
    }

    /// <summary>A key with its seed, from the key store where it did not bring it; without one where that has none either. The caller disposes it.</summary>
    private protected NatsKeyPair OpenWithSeed(KeyArgument argument)
    {
        NatsKeyPair key = argument.Resolve(FullPath);
        return key.HasSeed ? key : OpenStore().Keys.Find(key.PublicKey) ?? key;
    }
}
