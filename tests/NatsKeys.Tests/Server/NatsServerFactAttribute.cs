namespace NatsKeys.Tests.Server;

/// <summary>A test against a real nats-server. Where there is none it is skipped, unless NATSKEYS_REQUIRE_NATS_SERVER=1 wants it to fail.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NatsServerFactAttribute : FactAttribute
{
    public NatsServerFactAttribute() => Skip = Reason;

    /// <summary>Gets why such tests are skipped; null where they are not.</summary>
    internal static string? Reason => NatsServer.Program is null && Environment.GetEnvironmentVariable("NATSKEYS_REQUIRE_NATS_SERVER") != "1"
        ? "There is no nats-server on the path. NATSKEYS_REQUIRE_NATS_SERVER=1 makes this a failure."
        : null;
}
