using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Formatting;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Changes an export of an account.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.Export, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class SetNatsExportCommand : EditItemCmdlet<NatsExport>, IDynamicParameters
{
    private readonly ExportParameters settings = new();

    /// <summary>The exported subjects.</summary>
    [Parameter(
        ParameterSetName = ByAccount, Mandatory = true, Position = 0, HelpMessage = "The exported subjects, exactly as they are in the exports.")]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportSubjectCompleter))]
    public string[] Subject { get; set; } = [];

    /// <summary><c>Stream</c> or <c>Service</c>; needed only if both have the subject.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    /// <summary>Gets the parameters that the cmdlet shares with Add-NatsExport.</summary>
    public object GetDynamicParameters() => settings;

    private protected override IEnumerable<NatsExport> Items(NatsAccount account) => account.GetExports();

    private protected override void ProcessItem() => Each(RequiredSubjects(Subject, InputObject?.Subject), Set);

    private void Set(string subject)
    {
        NatsAccount account = ResolveAccount();
        bool wasPrivate = Find(account, subject).TokenReq;
        EntityChangeResult<NatsAccount>? change = Edit(
            account, $"Change the export '{subject}' and sign again", entity => settings.ApplyTo(Find(entity, subject)));
        if (change is { IsChanged: true } && !wasPrivate && Find(change.Entity, subject) is { TokenReq: true } export)
        {
            WarnOfImporters(account, export);
        }
    }

    private void WarnOfImporters(NatsAccount account, AccountExport export)
    {
        EntityPath[] importers = [.. account.ImportersOf(export)];
        if (importers.Length > 0)
        {
            WriteWarning(
                $"These accounts import this export of the {account.Path} and now need an activation (New-NatsActivation, Set-NatsImport -Token): "
                    + $"{PathNames.Of(importers)}.");
        }
    }

    /// <summary>Finds the export in a state of the account.</summary>
    private AccountExport Find(NatsAccount account, string subject) => account.FindExport(subject, InputObject?.Type ?? ItemType(Type));
}
