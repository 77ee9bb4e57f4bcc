using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the target subjects of mappings.</summary>
public sealed class MappingTargetCompleter : AccountItemCompleter
{
    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) =>
        account.GetSubjectMappings().Select(mapping => (mapping.To ?? "", $"target of {mapping.Subject}"));
}
