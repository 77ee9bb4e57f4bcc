using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Exchange;
using NatsKeys.Store;
using NatsKeys.Formatting;

namespace NatsKeys.Commands;

/// <summary>
/// Exports a store with the keys and credentials that belong to it: for another tool, or as a sealed backup. Tokens are not changed.
/// </summary>
[Cmdlet(VerbsData.Export, Nouns.Store, SupportsShouldProcess = true, DefaultParameterSetName = ToBackup)]
[OutputType(typeof(FileInfo), ParameterSetName = [ToBackup])]
[OutputType(typeof(DirectoryInfo), ParameterSetName = [ToNsc, ToFolder])]
public sealed partial class ExportNatsStoreCommand : StoreCmdlet
{
    private const string ToBackup = "Backup";
    private const string ToNsc = "Nsc";
    private const string ToFolder = "Folder";

    /// <summary>The path to write: a new file for a backup, a new or empty folder for the other forms.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The file or folder to write.")]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The curve key (X…) whose holder can open the backup: a public key, a key pair, or the path of a key file.</summary>
    [Parameter(
        ParameterSetName = ToBackup, Mandatory = true,
        HelpMessage = "The curve public key (X…) of the recipient, who can open the backup. New-NatsKeyPair Curve creates one.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    [Alias("To")]
    public KeyArgument? Recipient { get; set; }

    /// <summary>Writes the folder layout of nsc.</summary>
    [Parameter(ParameterSetName = ToNsc, Mandatory = true, HelpMessage = "Writes the folders of nsc, with plain seeds.")]
    public SwitchParameter AsNsc { get; set; }

    /// <summary>Writes a store in a folder, without keys.</summary>
    [Parameter(ParameterSetName = ToFolder, Mandatory = true, HelpMessage = "Writes a store in a folder, without keys.")]
    public SwitchParameter AsFolder { get; set; }

    /// <summary>Also writes the keys of the key root that no entity has or lists.</summary>
    [Parameter(ParameterSetName = ToBackup)]
    [Parameter(ParameterSetName = ToNsc)]
    public SwitchParameter AllKeys { get; set; }

    /// <summary>Replaces an existing backup, or makes a folder identical to the store.</summary>
    [Parameter(ParameterSetName = ToBackup)]
    [Parameter(ParameterSetName = ToFolder)]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the folder or file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? CurrentItem => Path;

    private protected override void ProcessItem()
    {
        switch (ParameterSetName)
        {
            case ToBackup:
                WriteBackup();
                break;
            case ToFolder:
                WriteFolder();
                break;
            default:
                WriteNsc();
                break;
        }
    }

    private void WriteNsc()
    {
        NatsStore store = Stores.Open();
        var writer = new NscWriter(store, Paths.Full(Path));
        if (!ShouldProcess(writer.Folder, $"Write the store {store.Location} with its keys, for nsc"))
        {
            return;
        }

        store.Keys.RequireUnlocked();
        Stores.FlushAtEnd(store);
        writer.Begin();
        foreach (EntityPath path in store.Names().Select(name => new EntityPath(name)).TakeWhile(_ => !Stopping))
        {
            Write(store, writer, path);
        }

        WriteLeftKeys(store, writer);
        if (PassThru)
        {
            Paths.WriteItem(writer.Folder);
        }
    }

    /// <summary>Writes an entity and everything below it. If it cannot be written, the layout has no place for what is below it.</summary>
    private void Write(NatsStore store, NscWriter writer, EntityPath path)
    {
        Progress.Next(path);
        bool isWritten = false;
        Try(
            () =>
            {
                bool isWhole = writer.Write(store.Get(path));
                isWritten = true;
                if (!isWhole)
                {
                    WriteWarning($"The {path} was edited since it was signed. The export for nsc contains its signed token, without the edit.");
                }
            },
            path);
        if (path.Kind == EntityKind.User)
        {
            return;
        }

        string[] below = [.. store.Names(path)];
        if (!isWritten && below.Length > 0)
        {
            WriteWarning($"These entities below the {path} were left out as well: {PathNames.Of([.. below.Select(path.Child)])}.");
            return;
        }

        foreach (string name in below.TakeWhile(_ => !Stopping))
        {
            Write(store, writer, path.Child(name));
        }
    }

    private void WriteLeftKeys(NatsStore store, NscWriter writer)
    {
        string[] left = [.. writer.UnwrittenKeys];
        foreach (string key in AllKeys ? left : [])
        {
            Try(() => writer.WriteKey(key), key);
        }

        if (left.Length > 0 && !AllKeys)
        {
            WriteWarning(
                $"Keys in {store.Keys.Location} that belong to no exported entity were left out: {left.Length}. Use -AllKeys to include them.");
        }
    }
}
