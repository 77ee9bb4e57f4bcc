using System.Management.Automation;
using NatsKeys.Reports;
using NatsKeys.Validation;

namespace NatsKeys.Commands;

/// <summary>Makes a report that build servers read of what Test-NatsStore found.</summary>
[Cmdlet(VerbsData.ConvertTo, Nouns.Report)]
[OutputType(typeof(string))]
public sealed class ConvertToNatsReportCommand : NatsCmdlet
{
    private readonly List<StoreFinding> findings = [];

    /// <summary>The format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ReportFormat Format { get; set; }

    /// <summary>The findings, as <c>Test-NatsStore -Detailed</c> gives them. None makes a report that says so.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public StoreFinding[] InputObject { get; set; } = [];

    /// <summary>The folder from which files are named, such as that of the repository. The store's own without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BasePath { get; set; }

    private protected override void ProcessItem() => findings.AddRange(InputObject ?? []);

    private protected override void ProcessAll() => WriteObject(FindingReport.Write(findings, Format, BasePath is null ? null : FullPath(BasePath)));
}
