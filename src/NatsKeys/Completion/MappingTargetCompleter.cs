using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the subjects to which accounts map others.</summary>
public sealed class MappingTargetCompleter : AccountItemCompleter
{
    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) =>
        account.GetSubjectMappings().Select(mapping => (mapping.To ?? "", $"target of {mapping.Subject}"));
}
