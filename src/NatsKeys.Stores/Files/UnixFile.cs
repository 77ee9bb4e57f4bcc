using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// Opens on Unix what .NET cannot: folders, and files without the shared lock that every .NET handle takes. That lock is refused if another
/// process has locked the file exclusively.
/// </summary>
internal static partial class UnixFile
{
    // O_CLOEXEC, O_NONBLOCK and O_NOCTTY: opening a pipe must not block, and a terminal must not become the controlling terminal.
    private const int FlagsOfLinux = 0x80000 | 0x800 | 0x100;
    private const int FlagsOfOthers = 0x1000000 | 0x4 | 0x20000;

    // O_CLOEXEC, O_EXCL, O_CREAT and O_WRONLY of Linux.
    private const int FlagsOfNew = 0x80000 | 0x80 | 0x40 | 0x1;
    private const int LockShared = 1;
    private const int LockAlone = 2;
    private const int LockNow = 4;
    private const int Unlock = 8;

    /// <summary>Opens a file or folder for reading; null if that fails, and always on Windows.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        int descriptor = Open(path, OperatingSystem.IsLinux() ? FlagsOfLinux : FlagsOfOthers);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Creates a new file for writing; null if that fails, and always on systems other than Linux.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Its mode, which the umask of the process restricts.</param>
    public static SafeFileHandle? TryCreate(string path, UnixFileMode mode)
    {
        // On other systems, a variadic third argument may be passed differently from the first two.
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        int descriptor = Open(path, FlagsOfNew, (int)mode);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>
    /// Renames a file, and replaces any file of the new name. Returns false if that fails, and always on Windows; nothing has changed then.
    /// </summary>
    public static bool TryRename(string path, string target) => !OperatingSystem.IsWindows() && Rename(path, target) == 0;

    /// <summary>Locks an open file as .NET does when it opens one. Returns false if another process holds the lock, and always on Windows.</summary>
    public static bool TryLock(SafeFileHandle file, bool isShared) =>
        !OperatingSystem.IsWindows() && Flock(file, (isShared ? LockShared : LockAlone) | LockNow) == 0;

    /// <summary>Releases the lock of an open file.</summary>
    public static bool TryUnlock(SafeFileHandle file) => !OperatingSystem.IsWindows() && Flock(file, Unlock) == 0;

    // The third argument of the C function applies only to new files, which this overload never creates.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string path, string target);

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Flock(SafeFileHandle file, int operation);
}
