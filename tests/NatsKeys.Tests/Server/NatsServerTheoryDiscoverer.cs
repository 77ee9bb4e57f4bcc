using Xunit.Abstractions;
using Xunit.Sdk;

namespace NatsKeys.Tests.Server;

/// <summary>Makes one test of each row of data and each server.</summary>
public sealed class NatsServerTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        NatsServerFactDiscoverer.Cases(DiagnosticMessageSink, discoveryOptions, testMethod, theoryAttribute, dataRow);

    protected override IEnumerable<IXunitTestCase> CreateTestCasesForTheory(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
    [
        new ExecutionErrorTestCase(
            DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod,
            "The rows of a theory with a server are listed before it runs: they must be of plain types, and preEnumerateTheories must be on."),
    ];
}
