using System.Runtime.CompilerServices;

namespace NatsKeys.Tests;

/// <summary>
/// Where temporary files of tests lie: in memory, where the system has room there. Tests make and remove tens of thousands of small files, and a disk
/// takes as long for that as the tests for all the rest. Whoever sets <c>TMPDIR</c> decides himself.
/// </summary>
internal static class TemporaryFiles
{
    private const string Memory = "/dev/shm";
    private const long Needed = 2L << 30;

    /// <summary>Runs before any test of its assembly, as nobody else does.</summary>
#pragma warning disable CA2255 // Nobody else loads this assembly.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Place()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("TMPDIR") is null && IsForPrograms() && IsRoomy())
        {
            Environment.SetEnvironmentVariable("TMPDIR", Memory);
        }
    }

    /// <summary>Containers often forbid programs there. Some tests put programs and libraries into their folder.</summary>
    private static bool IsForPrograms() => File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).Any(mount =>
        mount is [_, Memory, "tmpfs", string options, ..] && !options.Split(',').Any(option => option is "noexec" or "ro"));

    private static bool IsRoomy() => new DriveInfo(Memory).AvailableFreeSpace > Needed;
}
