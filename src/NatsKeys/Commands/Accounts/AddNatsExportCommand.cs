using System.Management.Automation;
using System.Reflection;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Adds an export to an account: a stream or service that it offers to other accounts.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.Export, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class AddNatsExportCommand : AddItemCmdlet<NatsExport>
{
    // The column of Get-NatsExport for -Private.
    private const string IsPrivate = nameof(NatsExport.IsPrivate);

    /// <summary>The exported subject; NATS wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 0, HelpMessage = "The subject to export.")]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Subject { get; set; } = "";

    /// <summary>The type: a stream of messages, or a service that answers requests.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 1, HelpMessage = "The type.")]
    [Parameter(ParameterSetName = ByRow, Position = 1)]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string Type { get; set; } = "";

    private protected override object CurrentItem => Row is null ? Subject : Cells.RowName;

    private protected override object[] MakeGroups() => [new ExportParameters()];

    private protected override IEnumerable<string> OtherColumns => [IsPrivate];

    private protected override void ProcessItem()
    {
        RequireRow();
        string type = Cells.Required(nameof(Type), "type", Type);
        var export = new AccountExport { Subject = SubjectOf(Subject), Type = Cells.ItemType(type) };
        ExportParameters settings = Given<ExportParameters>();
        if (!Typed.Contains(nameof(ExportParameters.LatencySampling)) && settings.LatencySampling == "0")
        {
            // Get-NatsExport shows 0 if headers decide.
            settings.LatencySampling = ExportParameters.ByHeaders;
        }

        settings.ApplyTo(export);
        if (!Typed.Contains(nameof(ExportParameters.Private)) && Row?.Cell(IsPrivate) is { } cell)
        {
            PropertyInfo parameter = typeof(ExportParameters).GetProperty(nameof(ExportParameters.Private))!;
            export.TokenReq = ((SwitchParameter)RowCell.Read(cell, parameter)).IsPresent;
        }

        Edit(ResolveAccount(), $"Export the {export.Type} '{export.Subject}' and sign again", account => account.AddExport(export));
    }
}
