using NatsKeys.Rules;
using Xunit.Sdk;

namespace NatsKeys.Tests.Server;

/// <summary>A test that runs against each real nats-server of this machine that has what it needs. For one that is not there it is skipped.</summary>
/// <param name="needs">What a server must have for the test.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer($"NatsKeys.Tests.Server.{nameof(NatsServerFactDiscoverer)}", TestAssembly.Name)]
internal sealed class NatsServerFactAttribute(params ServerFeature[] needs) : FactAttribute, INatsServerTest
{
    public IReadOnlyList<ServerFeature> Needs => needs;

    public bool NewestOnly { get; init; }
}
