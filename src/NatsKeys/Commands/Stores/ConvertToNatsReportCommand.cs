using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Inspection;

namespace NatsKeys.Commands;

/// <summary>Converts findings of Test-NatsStore or changes of Compare-NatsAccess to a report for build servers.</summary>
[Cmdlet(VerbsData.ConvertTo, Nouns.Report)]
[OutputType(typeof(string))]
public sealed class ConvertToNatsReportCommand : NatsCmdlet
{
    private readonly List<StoreFinding> findings = [];
    private bool isForeign;

    /// <summary>The format.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The format.")]
    [NoSeed]
    public ReportFormat Format { get; set; }

    // The type is any object: if the engine refused an input, it would be missing in the report, which would then look clean.

    /// <summary>
    /// The findings, as <c>Test-NatsStore -Detailed</c> returns them, or the changes of <c>Compare-NatsAccess</c>. Without any, the report says so.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject[]? InputObject { get; set; } = [];

    /// <summary>The folder that the paths of files are relative to, such as that of the repository. The default is the store's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BasePath { get; set; }

    private protected override object? CurrentItem => InputObject is [var only] ? only : InputObject;

    private protected override void ProcessItem()
    {
        foreach (PSObject item in InputObject ?? [])
        {
            if ((item?.BaseObject as AccessChange)?.ToFinding() is { } change)
            {
                findings.Add(RuleAdvice.AddTo(change));
            }
            else if (item?.BaseObject is StoreFinding finding)
            {
                findings.Add(RuleAdvice.AddTo(finding));
            }
            else
            {
                Try(() => Refuse(item is null ? "null" : $"a {item.TypeNames[0]}"), item);
            }
        }
    }

    private protected override void ProcessAll()
    {
        if (!isForeign)
        {
            WriteObject(FindingReport.Write(findings, Format, BasePath is null ? null : Paths.Full(BasePath)));
        }
    }

    private void Refuse(string what)
    {
        isForeign = true;
        throw new AdvisedException(ErrorCode.InvalidData,
            $"The input is {what}, not a finding of Test-NatsStore -Detailed or a change of Compare-NatsAccess. No report is written.");
    }
}
