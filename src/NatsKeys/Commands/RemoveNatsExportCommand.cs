using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Takes an export away from an account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Export, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsExportCommand : EditItemCmdlet<NatsExport>
{
    /// <summary>The subject that is offered.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportSubjectCompleter))]
    public string Subject { get; set; } = "";

    /// <summary>Whether the stream or the service is meant, where both have the subject.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [ValidateSet("Stream", "Service")]
    public string? Type { get; set; }

    private protected override void ProcessItem()
    {
        string subject = InputObject?.Subject ?? Subject;
        string? type = InputObject?.Type ?? ClaimNames.FoldOrNull(Type);
        NatsAccount account = ResolveAccount();
        EntityPath[] importers = [.. account.ImportersOf(account.FindExport(subject, type))];
        if (Edit(account, $"Remove the export '{subject}' and sign again", entity => ((NatsAccount)entity).RemoveExport(subject, type)) is { IsChanged: true } && importers.Length > 0)
        {
            WriteWarning($"What these accounts import from the {account.Path} comes to an end, once servers know it as it is now: {Names(importers)}.");
        }
    }
}
