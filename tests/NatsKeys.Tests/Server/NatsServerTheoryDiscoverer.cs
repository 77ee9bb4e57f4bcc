using Xunit.Abstractions;
using Xunit.Sdk;

namespace NatsKeys.Tests.Server;

/// <summary>Makes one test of each row of data and each server, whether or not the runner wants rows to be tests of their own.</summary>
public sealed class NatsServerTheoryDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        testMethod.Method.GetCustomAttributes(typeof(DataAttribute)).SelectMany(data => Rows(data, testMethod))
            .SelectMany(row => NatsServerFactDiscoverer.Cases(messages, discoveryOptions, testMethod, factAttribute, row));

    private IEnumerable<object[]> Rows(IAttributeInfo data, ITestMethod method)
    {
        IAttributeInfo attribute = data.GetCustomAttributes(typeof(DataDiscovererAttribute)).First();
        return ExtensibilityPointFactory.GetDataDiscoverer(messages, attribute).GetData(data, method.Method);
    }
}
