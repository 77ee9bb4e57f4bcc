using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>The status of a file, which Linux returns in one call. .NET needs several calls, and provides only a part.</summary>
/// <param name="Device">The device that contains the file.</param>
/// <param name="Number">The inode number.</param>
/// <param name="Mode">The mode. Only the type bits were requested.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Time">When the content last changed.</param>
internal readonly partial record struct FileStatus(ulong Device, ulong Number, int Mode, long Size, DateTime Time)
{
    private const int WorkingFolder = -100;
    private const int OpenedFile = 0x1000;
    private const int NoFollow = 0x100;
    private const int NothingThere = 2;

    // STATX_TYPE, STATX_MTIME, STATX_INO and STATX_SIZE.
    private const uint Wanted = 0x1 | 0x40 | 0x100 | 0x200;
    private const int TypeBits = 0xF000;
    private const int RegularBits = 0x8000;
    private const int LinkBits = 0xA000;

    // The C library of an old system lacks the function.
    private static volatile bool isMissing = !OperatingSystem.IsLinux();

    /// <summary>Whether it is a regular file.</summary>
    public bool IsRegular => (Mode & TypeBits) == RegularBits;

    public bool IsLink => (Mode & TypeBits) == LinkBits;

    /// <summary>Returns the status of an open file; null if the system does not provide it.</summary>
    public static FileStatus? Of(SafeFileHandle opened)
    {
        try
        {
            return !isMissing && Ask(opened, "", OpenedFile, Wanted, out Answer answer) == 0 ? From(answer) : null;
        }
        catch (EntryPointNotFoundException)
        {
            isMissing = true;
            return null;
        }
    }

    /// <summary>Returns the status of a path without following a final link; null if it does not exist or the system does not provide it.</summary>
    public static FileStatus? Of(string path) => TryAsk(path, out FileStatus? status) ? status : null;

    /// <summary>Returns the status of a path, following links; null if it does not exist or the system does not provide it.</summary>
    public static FileStatus? OfTarget(string path) => TryAsk(path, flags: 0, out FileStatus? status) ? status : null;

    /// <summary>Gets the status of a path without following a final link; null if it does not exist.</summary>
    /// <returns>Whether the answer is certain.</returns>
    public static bool TryAsk(string path, out FileStatus? status) => TryAsk(path, NoFollow, out status);

    /// <summary>Whether both are the same file.</summary>
    public bool IsSame(FileStatus other) => (Device, Number) == (other.Device, other.Number);

    private static bool TryAsk(string path, int flags, out FileStatus? status)
    {
        status = null;
        try
        {
            if (isMissing)
            {
                return false;
            }

            bool isThere = Ask(WorkingFolder, path, flags, Wanted, out Answer answer) == 0;
            status = isThere ? From(answer) : null;
            return isThere || Marshal.GetLastPInvokeError() == NothingThere;
        }
        catch (EntryPointNotFoundException)
        {
            isMissing = true;
            return false;
        }
    }

    private static FileStatus From(in Answer answer) => new(
        ((ulong)answer.DeviceMajor << 32) | answer.DeviceMinor,
        answer.Number,
        answer.Mode,
        answer.Size,
        DateTime.UnixEpoch.AddTicks((answer.Seconds * TimeSpan.TicksPerSecond) + (answer.Nanoseconds / TimeSpan.NanosecondsPerTick)));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(SafeFileHandle opened, string path, int flags, uint mask, out Answer answer);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Ask(int folder, string path, int flags, uint mask, out Answer answer);

    /// <summary>The statx structure, which is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(40)]
        public long Size;

        [FieldOffset(112)]
        public long Seconds;

        [FieldOffset(120)]
        public uint Nanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
