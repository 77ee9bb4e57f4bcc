using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes one target of a mapped subject, or all of them.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.SubjectMapping, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsSubjectMappingCommand : EditItemCmdlet<NatsSubjectMapping>
{
    /// <summary>The subjects that clients publish to.</summary>
    [Parameter(
        ParameterSetName = ByAccount, Mandatory = true, Position = 0, HelpMessage = "The mapped subjects, exactly as they are in the mappings.")]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappedSubjectCompleter))]
    public string[] Subject { get; set; } = [];

    /// <summary>The target. The default is all targets of the subject.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 1)]
    [Parameter(ParameterSetName = ByRow, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingTargetCompleter))]
    public string? To { get; set; }

    /// <summary>The cluster of the target; empty for targets without a cluster. The default is targets of any cluster and of none.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Cluster { get; set; }

    private protected override void ProcessItem() => Each(RequiredSubjects(Subject, InputObject?.Subject), Remove);

    private void Remove(string subject)
    {
        string? to = InputObject?.To ?? TypedOrCell(nameof(To), To);
        string? cluster = InputObject is not null ? InputObject.Cluster ?? ""
            : TypedOrCell(nameof(Cluster), Cluster) ?? (HasColumn(nameof(Cluster)) ? "" : null);
        Edit(
            ResolveAccount(),
            $"Remove the mapping of '{subject}'{(to is null ? "" : $" to '{to}'")} and sign again",
            account => account.RemoveMapping(subject, to, cluster));
    }
}
