using NatsKeys.Rules;
using Xunit.Sdk;

namespace NatsKeys.Tests.Server;

/// <summary>Several tests that run as one of <see cref="NatsServerFactAttribute"/> does. Their data must be such that each can be named.</summary>
/// <param name="needs">What a server must have for the tests.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer($"NatsKeys.Tests.Server.{nameof(NatsServerTheoryDiscoverer)}", TestAssembly.Name)]
internal sealed class NatsServerTheoryAttribute(params ServerFeature[] needs) : TheoryAttribute, INatsServerTest
{
    public IReadOnlyList<ServerFeature> Needs => needs;

    public bool NewestOnly { get; init; }
}
