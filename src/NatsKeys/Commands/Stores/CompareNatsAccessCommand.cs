using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Completion;
using NatsKeys.Exchange;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Compares who may do what in two stores.</summary>
[Cmdlet(VerbsData.Compare, Nouns.Access)]
[OutputType(typeof(AccessChange))]
public sealed class CompareNatsAccessCommand : NatsCmdlet
{
    /// <summary>The earlier store, as an object, as the path of its folder, or as the path of a backup.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The earlier store.")]
    [ValidateNotNull]
    public StoreArgument? From { get; set; }

    /// <summary>The later store. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    public StoreArgument? To { get; set; }

    /// <summary>The name of the operator to compare. The default is all operators.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>
    /// The curve key that opens the backup of <see cref="From"/>. Without it: the key that it names, from the key root of the later store.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>The revision to compare of the earlier store, which must be in a bucket. Without it: its newest state.</summary>
    [Parameter]
    [NoSeed]
    [ValidateRange(1, long.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public long? Revision { get; set; }

    internal override StoreArgument? NamedStore => To;

    private protected override object? CurrentItem => To;

    private protected override void ProcessItem()
    {
        NatsStore later = Existing(Stores.Open());
        NatsStore earlier = OpenEarlier(later);
        foreach (AccessChange change in new AccessComparer(earlier, later, WriteFault).Compare(Operator?.Name).TakeWhile(_ => !Stopping))
        {
            WriteObject(change);
        }
    }

    private NatsStore OpenEarlier(NatsStore later)
    {
        if (From!.PathOf(Paths.Full) is { } file && BackupStore.IsBackup(file))
        {
            if (Revision is not null)
            {
                WriteWarning("A backup has one revision only, so -Revision was not used.");
            }

            using NatsKeyPair? key = Key?.Resolve(Paths.Full);
            return BackupStore.Open(file, key, later.Keys, later.Clock);
        }

        if (Key is not null)
        {
            WriteWarning("The earlier store is no backup, so -Key was not used.");
        }

        NatsStore earlier = Existing(Stores.Introduce(From.Open(Paths.Full)));
        return Revision is { } revision
            ? StoreHistory.ReadStateAsync(earlier, revision, Stopped).GetAwaiter().GetResult()
            : earlier;
    }

    private static NatsStore Existing(NatsStore store) => store.Exists ? store : throw StoreRoots.NotFound(store);
}
