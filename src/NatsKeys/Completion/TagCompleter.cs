using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the tags that entities of the same kind have.</summary>
public sealed class TagCompleter : NameCompleter
{
    // Each entity is read, and a store may have very many. Those that come first have the usual tags.
    private const int Read = 200;

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter) =>
        Paths(store, bound).Take(Read).Select(store.FindReadable).OfType<NatsEntity>()
            .SelectMany(entity => entity.Tags)
            .GroupBy(tag => tag)
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => (tag.Key, tag.Count() == 1 ? "tag of 1 entity" : $"tag of {tag.Count()} entities"));

    private IEnumerable<EntityPath> Paths(NatsStore store, IDictionary bound) => Command switch
    {
        "New-NatsOperator" or "Set-NatsOperator" => store.Names().Select(name => new EntityPath(name)),
        "New-NatsAccount" or "Set-NatsAccount" => store.AccountPaths(TextOf(bound, "Operator")),
        _ => (PlaceOf(store, bound, "Account") is { } account ? [account] : store.AccountPaths(TextOf(bound, "Operator")))
            .SelectMany(above => store.Names(above).Select(above.Child)),
    };
}
