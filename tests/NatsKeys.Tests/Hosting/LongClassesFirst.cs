using NatsKeys.Tests.Help;
using NatsKeys.Tests.Server;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("NatsKeys.Tests.Hosting.LongClassesFirst", "NatsKeys.Tests")]

namespace NatsKeys.Tests.Hosting;

/// <summary>
/// The tests of a class run one after the other, and classes side by side; so does each test of a server. What takes minutes begins, because
/// whoever begins it last waits for it alone. Before it comes the class with a script that nothing else may run beside, because nothing long runs
/// yet. Tests of servers wait most of their time, so they come between the others, which have something to do meanwhile.
/// </summary>
public sealed class LongClassesFirst : ITestCollectionOrderer
{
    // A collection of one class bears its name.
    private const string OfClass = "Test collection for ";

    private static readonly Type[] Long =
    [
        typeof(PowerShellSessionTests), typeof(LeakDrillTests), typeof(HelpExampleTests), typeof(SecretsTests), typeof(ProcessesTests),
        typeof(ClusterTests), typeof(BucketClusterTests),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        ILookup<bool, ITestCollection> all = testCollections.ToLookup(
            collection => collection.DisplayName.StartsWith(OfClass, StringComparison.Ordinal));
        return Spread(all[true]).Concat(Spread(all[false])).OrderBy(spread => PlaceOf(spread.Collection)).ThenBy(spread => spread.Share)
            .Select(spread => spread.Collection);
    }

    private static int PlaceOf(ITestCollection collection)
    {
        string name = collection.DisplayName.Replace(OfClass, "", StringComparison.Ordinal);
        int place = Array.FindIndex(Long, type => name == type.FullName || name.StartsWith($"{type.FullName}.", StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }

    /// <summary>Returns each collection with the share of its kind that comes before it.</summary>
    private static IEnumerable<(ITestCollection Collection, double Share)> Spread(IEnumerable<ITestCollection> collections)
    {
        ITestCollection[] kind = [.. collections];
        return kind.Select((collection, index) => (collection, (index + 0.5) / kind.Length));
    }
}
