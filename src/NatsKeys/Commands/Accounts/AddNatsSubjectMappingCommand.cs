using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Maps a subject, or a share of its messages, to another subject.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.SubjectMapping, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class AddNatsSubjectMappingCommand : AddItemCmdlet<NatsSubjectMapping>
{
    private const int All = 100;

    /// <summary>The subject that clients publish to.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 0, HelpMessage = "The subject that clients publish to.")]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappedSubjectCompleter))]
    public string Subject { get; set; } = "";

    /// <summary>The subject that gets the messages; <c>$1</c> stands for the first wildcard.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 1, HelpMessage = "The subject that gets the messages.")]
    [Parameter(ParameterSetName = ByRow, Position = 1)]
    [PipelineInput(IsOne = true, TakesValues = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string To { get; set; } = "";

    /// <summary>The share of the messages, in percent. The default for a new target is all of them.</summary>
    [Parameter]
    [ValidateRange(1, All)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? Weight { get; set; }

    /// <summary>The cluster in which this target applies; the default is all clusters.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Cluster { get; set; }

    private protected override object CurrentItem => Row is null ? Subject : Cells.RowName;

    private protected override IEnumerable<string> OtherColumns => [nameof(Weight)];

    private protected override void ProcessItem()
    {
        RequireRow();
        string subject = SubjectOf(Subject);
        string to = Cells.Required(nameof(To), "target", To);
        string? cluster = Cells.TypedOrCell(nameof(Cluster), Cluster);
        int? weight = Typed.Contains(nameof(Weight)) || Row?.Cell(nameof(Weight)) is not { } cell
            ? Weight
            : (int)RowCell.Read(cell, GetType().GetProperty(nameof(Weight))!);
        Edit(ResolveAccount(), $"Map '{subject}' to '{to}' and sign again", account => account.SetMapping(subject, to, weight, cluster));
    }
}
