using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>What a test asks of the servers against which it runs.</summary>
internal interface INatsServerTest
{
    /// <summary>Gets what a server must have for the test.</summary>
    IReadOnlyList<ServerFeature> Needs { get; }

    /// <summary>Gets whether the newest server alone will do: the test takes long, and asks nothing that versions could answer differently.</summary>
    bool NewestOnly { get; }
}
