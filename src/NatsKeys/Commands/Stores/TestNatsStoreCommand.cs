using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// Tests whether everything in a store is signed as its files state it, trusted, within its validity and within the rules; or reports what is wrong
/// and what could be safer.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Store, DefaultParameterSetName = AsAnswer)]
[OutputType(typeof(bool), ParameterSetName = [AsAnswer])]
[OutputType(typeof(StoreFinding), ParameterSetName = [AsFindings, AsSevereFindings])]
public sealed class TestNatsStoreCommand : WholeStoreCmdlet
{
    private const string AsAnswer = "Answer";
    private const string AsFindings = "Findings";
    private const string AsSevereFindings = "SevereFindings";
    private readonly HashSet<string> advice = [];

    /// <summary>Also reports what expires within a duration from now, such as <c>30d</c>, or until a date.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? ExpiresWithin { get; set; }

    /// <summary>
    /// The server versions for which the answer must hold. The default is all supported versions that the operator does not rule out.
    /// </summary>
    [Parameter]
    [ServerVersion]
    [ArgumentCompleter(typeof(ServerVersionCompleter))]
    public string[]? ServerVersion { get; set; }

    /// <summary>
    /// Returns the findings instead of true or false, including advice on what works but could be safer. Without findings, nothing is returned.
    /// </summary>
    [Parameter(
        ParameterSetName = AsFindings, Mandatory = true,
        HelpMessage = "Returns the findings instead of $true or $false, including warnings and advice.")]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Omits findings that are less severe. It returns the findings without <see cref="Detailed"/>, too.</summary>
    [Parameter(ParameterSetName = AsFindings)]
    [Parameter(ParameterSetName = AsSevereFindings, Mandatory = true, HelpMessage = "The lowest severity that is returned.")]
    [NoSeed]
    public FindingSeverity MinimumSeverity { get; set; } = FindingSeverity.Advice;

    private protected override void ProcessItem()
    {
        NatsStore store = OpenExisting();
        DateTimeOffset? expiresBy = ExpiresWithin?.Require(nameof(ExpiresWithin), "Specify a date, or a duration such as 30d.");
        ServerVersions? servers = ServerVersionAttribute.Read(ServerVersion);
        if (!Detailed && ParameterSetName != AsSevereFindings)
        {
            WriteObject(
                !StoreValidator.Check(store, Operator?.Name, expiresBy, servers).TakeWhile(_ => !Stopping).Any(
                    finding => finding.Severity < FindingSeverity.Warning));
            return;
        }

        foreach (StoreFinding finding in StoreAuditor.Check(store, MinimumSeverity, Operator?.Name, expiresBy, servers).TakeWhile(_ => !Stopping))
        {
            StoreFinding advised = RuleAdvice.AddTo(finding);
            WriteObject(advised with { IsAdviceKnown = advised.Advice is not null && !advice.Add(advised.Advice) });
        }
    }
}
