using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Makes a store: a folder of YAML files, or one in memory for runbooks.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Store, SupportsShouldProcess = true, DefaultParameterSetName = OnDisk)]
[OutputType(typeof(NatsStore))]
public sealed class NewNatsStoreCommand : NatsCmdlet
{
    private const string OnDisk = "Path";
    private const string Memory = "InMemory";

    /// <summary>The folder. It may exist, but must not be a store already.</summary>
    [Parameter(ParameterSetName = OnDisk, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>A root of its own for keys and credentials, outside of the store, which remembers it. Without it: <c>NATSKEYS_KEYS</c> or the user's.</summary>
    [Parameter(ParameterSetName = OnDisk)]
    [ValidateNotNullOrEmpty]
    public string? KeyPath { get; set; }

    /// <summary>Makes a store that is on no disk and lives as long as its object.</summary>
    [Parameter(ParameterSetName = Memory, Mandatory = true)]
    public SwitchParameter InMemory { get; set; }

    private protected override object? CurrentItem => Path;

    private protected override void ProcessItem()
    {
        if (ParameterSetName == Memory)
        {
            WriteObject(NatsStore.InMemory());
            return;
        }

        string path = FullPath(Path);
        if (ShouldProcess(path, "Create a store"))
        {
            WriteObject(StoreRoots.Create(path, KeyPath is null ? null : FullPath(KeyPath)));
        }
    }
}
