using System.Management.Automation;
using System.Reflection;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Adds an export to an account: a stream or service that it offers to other accounts.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.Export, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class AddNatsExportCommand : AddItemCmdlet<NatsExport>
{
    // The column of Get-NatsExport for -Private.
    private const string IsPrivate = nameof(NatsExport.IsPrivate);

    // The column that the view shows in its place.
    private const string Access = nameof(NatsExport.Access);

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

    private protected override IEnumerable<string> OtherColumns => [IsPrivate, Access];

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
        if (!Typed.Contains(nameof(ExportParameters.Private)))
        {
            export.TokenReq = ShownPrivacy() ?? export.TokenReq;
        }

        Edit(ResolveAccount(), $"Export the {export.Type} '{export.Subject}' and sign again", account => account.AddExport(export));
    }

    /// <summary>Whether the row shows a private export, in either column of Get-NatsExport that says so; null if it has neither.</summary>
    private bool? ShownPrivacy()
    {
        PropertyInfo parameter = typeof(ExportParameters).GetProperty(nameof(ExportParameters.Private))!;
        bool? flag = Row?.Cell(IsPrivate) is { } cell ? ((SwitchParameter)RowCell.Read(cell, parameter)).IsPresent : null;
        bool? word = ClaimNames.Fold($"{Row?.Cell(Access)}") switch
        {
            "" => null,
            "private" => true,
            "public" => false,
            _ => throw Refusal($"'{SecretShape.Mask($"{Row!.Cell(Access)}")}' in the column '{Access}' is neither private nor public."),
        };
        return flag is null || word is null || flag == word
            ? flag ?? word
            : throw Refusal($"The columns '{Access}' and '{IsPrivate}' say different things. Leave out what is not meant.");
    }

    private static NatsKeysException Refusal(string message) => new(ErrorCode.InvalidClaims, $"{message} This row was skipped.");
}
