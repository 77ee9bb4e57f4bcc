namespace NatsKeys.Tests.Server;

/// <summary>Several tests against a real nats-server. Where there is none they are skipped, as <see cref="NatsServerFactAttribute"/> says.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NatsServerTheoryAttribute : TheoryAttribute
{
    public NatsServerTheoryAttribute() => Skip = NatsServerFactAttribute.Reason;
}
