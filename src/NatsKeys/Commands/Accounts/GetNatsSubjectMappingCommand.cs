using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the subject mappings of accounts.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.SubjectMapping)]
[OutputType(typeof(NatsSubjectMapping))]
public sealed class GetNatsSubjectMappingCommand : GetItemCmdlet<NatsSubjectMapping>
{
    /// <summary>The subjects that clients publish to; wildcards are allowed. The default is all mappings.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MappedSubjectCompleter))]
    public string[] Subject { get; set; } = ["*"];

    private protected override IEnumerable<string> Named => Plain(Subject);

    private protected override string Called(string name) => $"mapping of the subject '{name}'";

    private protected override IEnumerable<NatsSubjectMapping> Items(NatsAccount account) => account.GetSubjectMappings();

    private protected override bool IsWanted(NatsSubjectMapping item) => Matches(Subject, item.Subject);

    private protected override string? NameOf(NatsSubjectMapping item) => item.Subject;
}
