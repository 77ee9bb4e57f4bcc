namespace NatsKeys.Tests.Server;

/// <summary>A test of several cases against a real nats-server, which is skipped as <see cref="NatsServerFactAttribute"/> says.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NatsServerTheoryAttribute : TheoryAttribute
{
    public NatsServerTheoryAttribute() => Skip = new NatsServerFactAttribute().Skip;
}
