using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>What Linux says of a file in one call. .NET asks for each of these by itself, and for some not at all.</summary>
/// <param name="Device">The disk.</param>
/// <param name="Number">Which file of the disk it is.</param>
/// <param name="Mode">Its type and rights.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Time">When the content changed last.</param>
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

    // The C library of an old system does not have the function.
    private static volatile bool isMissing = !OperatingSystem.IsLinux();

    /// <summary>Whether it is a file, and no folder, pipe, socket or device.</summary>
    public bool IsRegular => (Mode & TypeBits) == RegularBits;

    public bool IsLink => (Mode & TypeBits) == LinkBits;

    /// <summary>The status of what is open; null where the system does not say.</summary>
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

    /// <summary>The status of what has a name, be it a link; null where there is nothing, or the system does not say.</summary>
    public static FileStatus? Of(string path) => TryAsk(path, out FileStatus? status) ? status : null;

    /// <summary>The status of what a name leads to, through links; null where that is nothing, or the system does not say.</summary>
    public static FileStatus? OfTarget(string path) => TryAsk(path, flags: 0, out FileStatus? status) ? status : null;

    /// <summary>Asks for the status of what has a name, be it a link; null where there is nothing.</summary>
    /// <returns>Whether the system says for certain.</returns>
    public static bool TryAsk(string path, out FileStatus? status) => TryAsk(path, NoFollow, out status);

    /// <summary>Whether both are one file.</summary>
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

    /// <summary>The struct statx, which is the same for every processor.</summary>
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
