using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// Opens on Unix what .NET does not: folders, and files without the shared lock that every handle of .NET takes, which a file that somebody
/// holds alone refuses.
/// </summary>
internal static partial class UnixFile
{
    // O_CLOEXEC, O_NONBLOCK and O_NOCTTY: a pipe in the place of a file must not keep us waiting, and no terminal become ours.
    private const int FlagsOfLinux = 0x80000 | 0x800 | 0x100;
    private const int FlagsOfOthers = 0x1000000 | 0x4 | 0x20000;

    /// <summary>Opens a file or folder for reading; null where that cannot be, and on Windows.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        int descriptor = Open(path, OperatingSystem.IsLinux() ? FlagsOfLinux : FlagsOfOthers);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    // The third argument of the C function is for files that are made, which none is here.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
