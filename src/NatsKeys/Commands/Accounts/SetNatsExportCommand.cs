using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Changes an export of an account.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.Export, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(NatsAccount))]
public sealed class SetNatsExportCommand : EditExportCmdlet, IDynamicParameters
{
    private readonly ExportParameters settings = new();

    /// <summary>The parameters that it shares with the cmdlet that adds exports.</summary>
    public object GetDynamicParameters() => settings;

    private protected override void ProcessItem()
    {
        NatsAccount account = ResolveAccount();
        bool wasPrivate = Find(account).TokenReq;
        EntityChange? change = Edit(
            account, $"Change the export '{ExportedSubject}' and sign again", entity => settings.ApplyTo(Find((NatsAccount)entity)));
        if (change is { IsChanged: true } && !wasPrivate && Find((NatsAccount)change.Entity) is { TokenReq: true } export)
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
                $"These accounts import from the {account.Path} what needs an activation now (New-NatsActivation, Set-NatsImport -Token): "
                    + $"{Names(importers)}.");
        }
    }
}
