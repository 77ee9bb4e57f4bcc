using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives where accounts send the messages of some of their subjects.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.SubjectMapping)]
[OutputType(typeof(NatsSubjectMapping))]
public sealed class GetNatsSubjectMappingCommand : GetItemCmdlet<NatsSubjectMapping>
{
    /// <summary>The subject that is published on; wildcards are allowed. All mappings without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MappedSubjectCompleter))]
    public string Subject { get; set; } = "*";

    private protected override string? Named => Name("mapping of the subject", Subject);

    private protected override IEnumerable<NatsSubjectMapping> Items(NatsAccount account) =>
        account.GetSubjectMappings().Where(mapping => Matches(Subject, mapping.Subject));
}
