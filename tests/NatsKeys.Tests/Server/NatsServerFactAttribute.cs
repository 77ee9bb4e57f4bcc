namespace NatsKeys.Tests.Server;

/// <summary>A test against a real nats-server. Where there is none it is skipped, unless NATSKEYS_REQUIRE_NATS_SERVER=1 wants it to fail.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NatsServerFactAttribute : FactAttribute
{
    public NatsServerFactAttribute()
    {
        if (NatsServer.Program is null && Environment.GetEnvironmentVariable("NATSKEYS_REQUIRE_NATS_SERVER") != "1")
        {
            Skip = "There is no nats-server on the path. NATSKEYS_REQUIRE_NATS_SERVER=1 makes this a failure.";
        }
    }
}
