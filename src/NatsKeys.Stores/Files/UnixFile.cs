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

    // O_CLOEXEC, O_EXCL, O_CREAT and O_WRONLY of Linux.
    private const int FlagsOfNew = 0x80000 | 0x80 | 0x40 | 0x1;
    private const int LockShared = 1;
    private const int LockAlone = 2;
    private const int LockNow = 4;
    private const int Unlock = 8;

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

    /// <summary>Makes a file that is not there yet, for writing; null where that cannot be, and elsewhere than on Linux.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Its rights, of which the process may take some away.</param>
    public static SafeFileHandle? TryCreate(string path, UnixFileMode mode)
    {
        // Elsewhere the third argument of the C function may have to be passed in another way than those before.
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        int descriptor = Open(path, FlagsOfNew, (int)mode);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>
    /// Gives a file another name, in the place of what has that name. False where that cannot be, and on Windows: nothing has changed then.
    /// </summary>
    public static bool TryRename(string path, string target) => !OperatingSystem.IsWindows() && Rename(path, target) == 0;

    /// <summary>Takes the lock of an open file as .NET does when it opens one. False where somebody else has it, and on Windows.</summary>
    public static bool TryLock(SafeFileHandle file, bool isShared) =>
        !OperatingSystem.IsWindows() && Flock(file, (isShared ? LockShared : LockAlone) | LockNow) == 0;

    /// <summary>Lets the lock of an open file go.</summary>
    public static bool TryUnlock(SafeFileHandle file) => !OperatingSystem.IsWindows() && Flock(file, Unlock) == 0;

    // The third argument of the C function is for files that are made, which none is by this one.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string path, string target);

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Flock(SafeFileHandle file, int operation);
}
