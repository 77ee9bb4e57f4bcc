using System.Collections.Concurrent;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NatsKeys.Tests.Server;

/// <summary>Makes one test of each server.</summary>
public sealed class NatsServerFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    private static readonly ConcurrentDictionary<string, TestCollection> Collections = new(StringComparer.Ordinal);

    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Cases(messages, discoveryOptions, testMethod, factAttribute, arguments: null);

    /// <summary>
    /// Gets the tests of a method: one for each server. Each method and server is a collection, as most of their time is waiting.
    /// </summary>
    internal static IEnumerable<IXunitTestCase> Cases(
        IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo attribute, object[]? arguments)
    {
        var test = (INatsServerTest)((IReflectionAttributeInfo)attribute).Attribute;
        foreach (NatsServerTarget target in NatsServerTarget.For(test))
        {
            string name = $"{method.TestClass.Class.Name}.{method.Method.Name} with {target.Name}";
            ITestAssembly assembly = method.TestClass.TestCollection.TestAssembly;
            TestCollection collection = Collections.GetOrAdd(name, _ => new TestCollection(assembly, collectionDefinition: null, name));
            var moved = new TestMethod(new TestClass(collection, method.TestClass.Class), method.Method);
            yield return new NatsServerTestCase(
                messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), moved, arguments, target);
        }
    }
}
