using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>A server against which a test runs, or would run were it there.</summary>
/// <param name="Name">Its version, or its release line where it is not there.</param>
/// <param name="Program">The server; null where it is not there.</param>
internal sealed record NatsServerTarget(string Name, NatsServerProgram? Program)
{
    /// <summary>What Debian has: its releases, and what comes next. A test is skipped once for each line of which there is no server.</summary>
    private static readonly (string Name, ServerVersion From, ServerVersion To)[] Lines =
    [
        ("2.9", new(0, 0, 0), new(2, 9, int.MaxValue)),
        ("2.10", new(2, 10, 0), new(2, 10, int.MaxValue)),
        (Newest, new(2, 11, 0), new(int.MaxValue, 0, 0)),
    ];

    private const string Newest = "2.11 or newer";

    /// <summary>
    /// Gets why the test is skipped; null where it runs. NATSKEYS_REQUIRE_NATS_SERVER=1 makes a failure of servers that are not there, but for the
    /// newest, which comes from a suite that changes every day.
    /// </summary>
    internal string? SkipReason => Program is null && (Name == Newest || Environment.GetEnvironmentVariable("NATSKEYS_REQUIRE_NATS_SERVER") != "1")
        ? $"There is no nats-server {Name}. tests/get-nats-servers gets it."
        : null;

    /// <summary>Gets the servers for a test.</summary>
    /// <param name="test">What the test asks of them.</param>
    internal static IEnumerable<NatsServerTarget> For(INatsServerTest test)
    {
        if (test.NewestOnly)
        {
            NatsServerProgram? newest = NatsServerProgram.All.LastOrDefault(program => Suits(program.Version, test));
            return [new NatsServerTarget(newest?.Version.ToString() ?? Lines[1].Name, newest)];
        }

        return Lines.Where(line => Suits(line.To, test))
            .SelectMany(line => In(line.From, line.To, test) is { Length: > 0 } there ? there : [new NatsServerTarget(line.Name, null)]);
    }

    private static NatsServerTarget[] In(ServerVersion from, ServerVersion to, INatsServerTest test) =>
    [
        .. NatsServerProgram.All.Where(program => program.Version >= from && program.Version <= to && Suits(program.Version, test))
            .Select(program => new NatsServerTarget(program.Version.ToString(), program)),
    ];

    private static bool Suits(ServerVersion version, INatsServerTest test) => test.Needs.All(version.Has);
}
