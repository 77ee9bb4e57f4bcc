using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the source subjects of mappings.</summary>
public sealed class MappedSubjectCompleter : AccountItemCompleter
{
    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) =>
        account.Claims.Mappings.Keys.Select(subject => (subject, "mapping"));
}
