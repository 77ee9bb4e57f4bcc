using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the addresses of servers: the service URLs of the operator on the command line, or of all operators.</summary>
public sealed class ServerUrlCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter) =>
        (PlaceOf(store, bound, "Operator") is { } named ? [named.Operator] : store.Names())
            .Select(name => store.FindReadable(new EntityPath(name))).OfType<NatsOperator>()
            .SelectMany(owner => owner.ServiceUrls.Select(url => (url, $"service URL of {owner.Path}")))
            .DistinctBy(found => found.url);
}
