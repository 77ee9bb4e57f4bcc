using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// What is particular to the file systems of a machine. There is one for the whole process; tests put another in its place, which behaves as
/// the disks of another system do.
/// </summary>
internal class Disk
{
    private static readonly Disk OfSystem = new();
    private static readonly AsyncLocal<Disk?> Substitute = new();

    // Every access to a file asks, and nobody but tests puts another in its place.
    private static volatile bool isReplaced;

    /// <summary>The one that counts here.</summary>
    public static Disk Current => isReplaced ? Substitute.Value ?? OfSystem : OfSystem;

    /// <summary>Whether a file that somebody has open can be refused to others, as Windows does.</summary>
    public virtual bool RefusesOpenFiles => OperatingSystem.IsWindows();

    /// <summary>How long a file that is refused is asked for again.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(2);

    /// <summary>Puts another disk in the place of the system's for whatever the caller does until this is disposed.</summary>
    public static IDisposable Replace(Disk disk)
    {
        Disk? before = Substitute.Value;
        isReplaced = true;
        Substitute.Value = disk;
        return new Ending(() => Substitute.Value = before);
    }

    /// <summary>Comes before each access to a file that can be refused, and may throw what that would.</summary>
    public virtual void Access(string path)
    {
    }

    /// <summary>Waits until the disk has what was written to an open file, or the names in an open folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="opened">The same, open.</param>
    public virtual void Flush(string path, SafeFileHandle opened) => RandomAccess.FlushToDisk(opened);

    /// <summary>Whether a file is there, by whatever spelling the disk takes for it.</summary>
    public virtual bool FileExists(string path) => File.Exists(path);

    /// <summary>Whether a file or folder is there, by whatever spelling the disk takes for it.</summary>
    public virtual bool Exists(string path) => Path.Exists(path);

    /// <summary>The names of the folders in a folder.</summary>
    public virtual IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path));

    /// <summary>The names of the files in a folder.</summary>
    public virtual IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path));

    /// <summary>The names in a folder among which a name is, if it is there. Windows finds it without a list of all.</summary>
    public virtual IEnumerable<string> Entries(string folder, string name) => OperatingSystem.IsWindows()
        ? Directory.EnumerateFileSystemEntries(folder, name).Select(path => Path.GetFileName(path))
        : Folders(folder).Concat(Files(folder));

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
