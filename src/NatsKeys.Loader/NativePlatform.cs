using System.Runtime.InteropServices;

namespace NatsKeys.Loader;

/// <summary>The name of the folder under <c>runtimes</c> with the native library for the running process.</summary>
internal static class NativePlatform
{
    /// <summary>Gets the name for this process.</summary>
    internal static string Current { get; } = NameOf(
        System, RuntimeInformation.ProcessArchitecture, RuntimeInformation.RuntimeIdentifier, RunsOnMusl);

    private static string System =>
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "unsupported";

    /// <summary>Builds the name.</summary>
    /// <param name="system">win, osx or linux.</param>
    /// <param name="architecture">The architecture of the process, which may differ from that of the machine.</param>
    /// <param name="runtimeIdentifier">The runtime identifier of the .NET runtime.</param>
    /// <param name="runsOnMusl">Inspects the process if the identifier does not determine the C library.</param>
    /// <returns>For example <c>linux-musl-arm64</c>.</returns>
    internal static string NameOf(string system, Architecture architecture, string runtimeIdentifier, Func<bool> runsOnMusl)
    {
        string processor = architecture.ToString().ToLowerInvariant();
        return system == "linux" && IsMusl(runtimeIdentifier, runsOnMusl) ? $"linux-musl-{processor}" : $"{system}-{processor}";
    }

    // Microsoft's builds are 'linux-<arch>' or 'linux-musl-<arch>'. A distribution's build has the distribution's name and version instead
    // ('alpine.3.22-x64', 'void-x64'), which identifies the C library only for some distributions.
    private static bool IsMusl(string runtimeIdentifier, Func<bool> runsOnMusl) =>
        runtimeIdentifier.StartsWith("linux-musl-", StringComparison.Ordinal)
            || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal)
            || (!runtimeIdentifier.StartsWith("linux-", StringComparison.Ordinal) && runsOnMusl());

    // The loader that is mapped into the process is reliable. The file of musl's loader is not, because other systems can have it installed as well.
    private static bool RunsOnMusl()
    {
        try
        {
            return File.ReadLines("/proc/self/maps").Any(line => line.Contains("/ld-musl-", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
