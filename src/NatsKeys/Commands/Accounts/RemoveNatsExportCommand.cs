using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Formatting;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes exports of an account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Export, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsExportCommand : EditItemCmdlet<NatsExport>
{
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

    private protected override void ProcessItem() => Each(RequiredSubjects(Subject, InputObject?.Subject), Remove);

    private void Remove(string subject)
    {
        NatsAccount account = ResolveAccount();
        EntityPath[] importers = [.. account.ImportersOf(Find(account, subject))];
        EntityChangeResult<NatsAccount>? change = Edit(
            account,
            $"Remove the export '{subject}' and sign again",
            entity => entity.Claims.Exports.Remove(Find(entity, subject)));
        if (change is { IsChanged: true } && importers.Length > 0)
        {
            WriteWarning(
                $"The imports of this export stop working as soon as servers have the new {account.Path}: {PathNames.Of(importers)}.");
        }
    }

    /// <summary>Finds the export in a state of the account.</summary>
    private AccountExport Find(NatsAccount account, string subject) => account.FindExport(subject, InputObject?.Type ?? ItemType(Type));
}
