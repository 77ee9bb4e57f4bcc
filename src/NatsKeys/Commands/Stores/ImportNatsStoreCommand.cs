using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Exchange;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// Imports stores of nsc, single tokens, key files and credentials, backups, and completed signing requests into a store. Tokens are not changed.
/// </summary>
[Cmdlet(VerbsData.Import, Nouns.Store, SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[OutputType(typeof(NatsOperator), typeof(NatsAccount), typeof(NatsUser))]
public sealed partial class ImportNatsStoreCommand : PathCmdlet
{
    private readonly List<string> requests = [];
    private readonly List<NatsEntity> imported = [];
    private StoreImporter? import;

    /// <summary>The store to import into. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    /// <summary>
    /// The curve key that opens a backup: a key pair, a public key whose seed is in the key root, a seed, or the path of a key file. Without it: the
    /// key that the backup names, from the key root of the store.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>Replaces entities and credentials of the same names in the store.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the entities.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal override StoreArgument? NamedStore => Store;

    private NatsStore Target => Stores.FlushAtEnd(Stores.Open());

    // Everything is collected first, because a user may come down the pipeline before its account.
    private protected override void ProcessFile(string path)
    {
        if (NatsSigningRequest.IsRequest(path))
        {
            requests.Add(path);
        }
        else if (StoreRoots.IsStore(path))
        {
            (import ??= new StoreImporter(Target, Force)).Add(Stores.Introduce(StoreRoots.Open(path, fullPath: Paths.Full)));
        }
        else
        {
            (import ??= new StoreImporter(Target, Force)).Add(path);
        }
    }

    /// <summary>
    /// Accepts the text of a token, of credentials, of a seed, of an entity's file or of a server configuration, and the address of a bucket.
    /// </summary>
    private protected override bool TryText(string text)
    {
        if (BucketAddress.IsAddress(text))
        {
            (import ??= new StoreImporter(Target, Force)).Add(Stores.Introduce(BucketStores.Open(text, fullPath: Paths.Full)));
            return true;
        }

        if (TextSource.IsFrame(text))
        {
            throw new FileLineException(
                ErrorCode.TokenMalformed, "This is one line of credentials, and no path. Import the file, or its whole text: Get-Content -Raw.");
        }

        if (ServerConfigFile.IsLine(text) && !System.IO.Path.Exists(Paths.Join(text)))
        {
            // The other lines of the file would each be an error, too.
            ThrowTerminatingError(ErrorCatalog.ToRecord(
                new AdvisedException(
                    ErrorCode.InvalidServerConfig,
                    "This is one line of a server configuration, and no path. Import the file, or its whole text: Get-Content -Raw."),
                MaskedItem.Of(text)));
        }

        if (!TextSource.IsText(text))
        {
            return false;
        }

        (import ??= new StoreImporter(Target, Force)).AddText(text, Paths.Folder);
        return true;
    }

    private protected override void ProcessAll()
    {
        using NatsKeyPair? key = Key?.Resolve(Paths.Full);
        if (key is not null && import is { HasBackup: false })
        {
            WriteWarning("There is no backup among the files, so -Key was not used.");
        }

        if (import is not null)
        {
            ImportAll(import.Items(key, Stopped));
        }

        foreach (string request in requests.Distinct(StringComparer.Ordinal).TakeWhile(_ => !Stopping))
        {
            Progress.Next(request);
            Try(() => ImportRequest(request), request);
        }

        WriteImported();
    }

    private void ImportAll(IEnumerable<ImportItem> all)
    {
        using IEnumerator<ImportItem> items = all.GetEnumerator();
        Group.ExpectMany();

        // The place of an item may depend on the items before it, so each is read after those are imported.
        while (!Stopping && Group.Read(Target, items.MoveNext))
        {
            Progress.Next(items.Current);
            Try(() => ImportOrWrite(items.Current), items.Current.File);
        }

        Group.Flush();
    }

    // An error may end the pipeline, so the results of what was imported are written first.
    private void ImportOrWrite(ImportItem item)
    {
        try
        {
            Import(item);
        }
        catch (NatsKeysException)
        {
            Group.Flush();
            WriteImported();
            throw;
        }
    }

    private void Import(ImportItem item)
    {
        if (item is not EntityItem)
        {
            Group.Flush();
        }

        if (!Group.Read(Target, item.IsNeeded))
        {
            WriteVerbose($"{item}: already in the store {Target.Location}. Nothing was written.");
        }
        else if (!ShouldProcess($"{item} from {item.File}", $"Import into the store {Target.Location}"))
        {
            return;
        }

        if (item is EntityItem)
        {
            Group.Make(Target, item.File, () => item.Import(Stopped), Tell);
        }
        else if (item.Import(Stopped) is { } entity)
        {
            Tell(entity);
        }
    }

    private void Tell(NatsEntity entity)
    {
        if (PassThru)
        {
            imported.Add(entity);
        }
    }

    /// <summary>
    /// Writes what was imported, after all of it: a reader that stops the pipeline, such as Select-Object -First, must not leave a part of the
    /// import, and a view shows an operator with the name of its system account.
    /// </summary>
    private void WriteImported()
    {
        foreach (NatsEntity entity in imported)
        {
            WriteObject(entity);
        }

        imported.Clear();
    }
}
