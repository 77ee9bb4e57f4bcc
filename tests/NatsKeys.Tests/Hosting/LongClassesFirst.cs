using NatsKeys.Tests.Help;
using NatsKeys.Tests.Server;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("NatsKeys.Tests.Hosting.LongClassesFirst", "NatsKeys.Tests")]

namespace NatsKeys.Tests.Hosting;

/// <summary>
/// The tests of a class run one after the other, and classes side by side. Classes that take minutes begin, because whoever begins such a one last
/// waits for it alone. Before them comes the class with a script that nothing else may run beside, because nothing long runs yet.
/// </summary>
public sealed class LongClassesFirst : ITestCollectionOrderer
{
    private static readonly Type[] Long =
    [
        typeof(PowerShellSessionTests), typeof(ClusterTests), typeof(LeakDrillTests), typeof(HelpExampleTests), typeof(ConnectionTests),
        typeof(SecretsTests), typeof(PublishNatsAccountTests), typeof(BucketTests), typeof(LeakedKeyTests), typeof(ProcessesTests),
        typeof(SystemAccountRotationTests),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        // A collection of one class bears its name.
        string[] names = [.. Long.Select(type => $"Test collection for {type.FullName}")];
        return testCollections.OrderBy(collection => Array.IndexOf(names, collection.DisplayName) is >= 0 and var place ? place : names.Length);
    }
}
