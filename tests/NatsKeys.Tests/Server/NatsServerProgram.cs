using System.Diagnostics;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>A nats-server of this machine, as a program.</summary>
/// <param name="Path">The file.</param>
/// <param name="Version">The version that it states.</param>
internal sealed record NatsServerProgram(string Path, ServerVersion Version)
{
    /// <summary>Paths of servers, separated as in PATH.</summary>
    private const string Variable = "NATSKEYS_NATS_SERVERS";
    private static readonly AsyncLocal<NatsServerProgram?> Chosen = new();

    /// <summary>
    /// Gets the servers, the oldest first, one of each version. They are those that the variable lists. Without it, they are what
    /// tests/get-nats-servers got, and the one on the path.
    /// </summary>
    internal static IReadOnlyList<NatsServerProgram> All { get; } = Find();

    /// <summary>Gets the server against which the test runs that asks; null in a test that needs none.</summary>
    internal static NatsServerProgram? Current
    {
        get => Chosen.Value;
        set => Chosen.Value = value;
    }

    private static string FileName => OperatingSystem.IsWindows() ? "nats-server.exe" : "nats-server";

    private static NatsServerProgram[] Find()
    {
        string? listed = Environment.GetEnvironmentVariable(Variable);
        IEnumerable<string> paths = string.IsNullOrEmpty(listed) ? Fetched().Concat(OnPath().Take(1)) : Split(listed);
        IEnumerable<NatsServerProgram> programs = paths.Select(path => new NatsServerProgram(path, VersionOf(path)));
        return [.. programs.DistinctBy(program => program.Version).OrderBy(program => program.Version)];
    }

    private static IEnumerable<string> Fetched()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "NatsKeys.sln")))
            {
                var servers = new DirectoryInfo(System.IO.Path.Combine(folder, "tests", "nats-servers"));
                return servers.Exists ? In(servers.EnumerateDirectories().Select(version => version.FullName)) : [];
            }
        }

        return [];
    }

    /// <summary>Debian has it where a user's path does not look.</summary>
    private static IEnumerable<string> OnPath() =>
        In(Split(Environment.GetEnvironmentVariable("PATH") ?? "").Append("/usr/sbin").Append("/usr/local/sbin"));

    private static IEnumerable<string> In(IEnumerable<string> folders) =>
        folders.Select(folder => System.IO.Path.Combine(folder, FileName)).Where(File.Exists);

    private static string[] Split(string paths) =>
        paths.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ServerVersion VersionOf(string path)
    {
        using Process asked = Process.Start(new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true })!;
        string text = asked.StandardOutput.ReadToEnd();
        asked.WaitForExit();
        return ServerVersion.Parse(text[(text.LastIndexOf('v') + 1)..].Trim());
    }
}
