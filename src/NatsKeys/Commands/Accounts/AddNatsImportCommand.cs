using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Jwt;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Adds an import to an account: a stream or service of another account.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.Import, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class AddNatsImportCommand : AddItemCmdlet<NatsImport>
{
    private const string ByExport = "Export";

    /// <summary>The export to import, as Get-NatsExport returns it.</summary>
    [Parameter(
        ParameterSetName = ByExport, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The export to import, as Get-NatsExport returns it.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NatsExport? Export { get; set; }

    /// <summary>The importing account. Not needed if there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByExport, Mandatory = true, HelpMessage = "The importing account.")]
    [Parameter(ParameterSetName = ByRow)]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }

    /// <summary>The exporting account: an object, a name, or the public key of an account that need not be in the store.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, HelpMessage = "The exporting account.")]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument? From { get; set; }

    /// <summary>The subject in the exporting account. With <see cref="Export"/>, a part of the exported subject; the default is all of it.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 0, HelpMessage = "The subject in the exporting account.")]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [Parameter(ParameterSetName = ByExport, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportSubjectCompleter))]
    public string? Subject { get; set; }

    /// <summary>The type. Needed if the exporter is not in the store, or exports the subject both as a stream and as a service.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    private protected override object? CurrentItem => Export ?? (object?)(Row is null ? Subject : Cells.RowName);

    private protected override object[] MakeGroups() => [new ImportParameters()];

    /// <summary>The exporting account that was typed or that the row names.</summary>
    private AccountKeyArgument Exporter => Row is null || Typed.Contains(nameof(From))
        ? From!
        : new(Cells.Required(nameof(From), "exporting account", null));

    /// <summary>
    /// Refuses a row with an expiry that the activation would not have: the access of the row ends, and that of the import would not.
    /// </summary>
    private void RequireExpiry(AccountImport import)
    {
        if (Row?.Cell(nameof(NatsImport.ActivationExpires)) is not { } cell
            || (JwtReader.TryRead(import.Token)?.Expires is var expires
                && (RowCell.IsSame(cell, expires) || RowCell.IsSame(cell, TimeParser.Show(expires)))))
        {
            return;
        }

        string column = $"column '{nameof(NatsImport.ActivationExpires)}' of '{Cells.RowName}'";
        throw new AdvisedException(
            ErrorCode.InvalidClaims,
            (string.IsNullOrEmpty(import.Token)
                ? $"The {column} sets nothing: an activation that Add-NatsImport creates does not expire. Create one with New-NatsActivation "
                    + "-Expires and name it in the column 'Token', or leave the column out."
                : $"The {column} differs from the expiry of the activation. Correct the column, or leave it out.") + " This row was skipped.");
    }

    private protected override void ProcessItem()
    {
        RequireRow();
        if (Row is { } row && row.Cell("To") is { } to && row.Cell(nameof(ImportParameters.LocalSubject)) is { } local
            && !RowCell.IsSame(to, local))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The columns 'To' and '{nameof(ImportParameters.LocalSubject)}' of '{Cells.RowName}' mean the same and differ. This row was "
                    + "skipped.");
        }

        NatsAccount importer = Export is null ? ResolveAccount() : AccountArgument.Resolve(Account, Operator, () => Export.Store);
        AccountKeyArgument? named = Export is null ? Exporter : null;
        NatsAccount? exporter = Export is null
            ? named!.Find(importer.Store, importer.Operator)
            : Export.GetAccount().Newest();
        var import = new AccountImport
        {
            Subject = Export is null ? SubjectOf(Subject) : Subject ?? Export.Subject, Type = Export?.Type ?? Cells.ItemType(Type),
        };
        Given<ImportParameters>().ApplyTo(import, Paths.Full, Stopped);
        bool needsActivation = exporter is not null && importer.Complete(import, exporter);
        if (exporter is null)
        {
            import.Account = named!.Key(importer.Store, importer.Operator);
            _ = import.Type
                ?? throw new AdvisedException(
                    ErrorCode.InvalidClaims, $"The account {named} is not in the store, so the type of its export is unknown. Specify -Type.");
        }

        RequireExpiry(import);

        string from = exporter?.Path.ToString() ?? named!.ToString();
        string activation = needsActivation ? ", with an activation that this account signs, because the export is private," : "";
        EntityChangeResult<NatsAccount>? change = Changes.Perform(
            importer,
            $"Import '{import.Subject}' from {from}{activation} and sign again",
            () =>
            {
                if (needsActivation)
                {
                    Changes.Editor(exporter!.Store).Activate(import, importer, exporter);
                }

                return Changes.Editor(importer.Store).Change(importer, ChosenKey, account => account.AddImport(import));
            },
            rehearsed => ChangeMessages.Details(rehearsed.IsChanged, rehearsed.Differences, importer));
        if (change is not null)
        {
            Finish(change);
            if (needsActivation && change.IsChanged)
            {
                WriteNotice(
                    $"The export of '{import.Subject}' is private, so the {from} signed an activation for the {importer.Path}. It does not expire. "
                        + "New-NatsActivation -Expires creates one that does.");
            }
        }
    }
}
