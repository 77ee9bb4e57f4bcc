using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Maps a subject, or a share of its messages, to another subject.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.SubjectMapping, SupportsShouldProcess = true)]
[OutputType(typeof(NatsAccount))]
public sealed class AddNatsSubjectMappingCommand : EditAccountCmdlet
{
    private const int All = 100;

    /// <summary>The subject that clients publish to.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The subject that clients publish to.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappedSubjectCompleter))]
    public string Subject { get; set; } = "";

    /// <summary>The subject that gets the messages; <c>$1</c> stands for the first wildcard.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "The subject that gets the messages.")]
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

    private protected override object CurrentItem => Subject;

    private protected override void ProcessItem() =>
        Edit(
            ResolveAccount(),
            $"Map '{Subject}' to '{To}' and sign again",
            account => account.SetMapping(Subject, To, Weight, Cluster));
}
