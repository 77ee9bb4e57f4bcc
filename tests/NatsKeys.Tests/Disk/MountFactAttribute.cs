using System.Diagnostics;

namespace NatsKeys.Tests.Disk;

/// <summary>A test that mounts a disk of its own, as Linux lets its users do in a namespace. Elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(Try);

    public MountFactAttribute()
    {
        if (!CanMount.Value)
        {
            Skip = "Disks cannot be mounted here: that takes unshare on Linux, and leave to use it.";
        }
    }

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
