using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Takes an export away from an account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Export, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsExportCommand : EditExportCmdlet
{
    private protected override void ProcessItem()
    {
        NatsAccount account = ResolveAccount();
        EntityPath[] importers = [.. account.ImportersOf(Find(account))];
        EntityChange? change = Edit(
            account,
            $"Remove the export '{ExportedSubject}' and sign again",
            entity => ((NatsAccount)entity).Claims.Exports.Remove(Find((NatsAccount)entity)));
        if (change is { IsChanged: true } && importers.Length > 0)
        {
            WriteWarning(
                $"What these accounts import from the {account.Path} comes to an end, once servers know it as it is now: {Names(importers)}.");
        }
    }
}
