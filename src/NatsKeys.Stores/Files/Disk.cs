using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// The behavior of the file system. The process uses one instance; tests substitute another that behaves like the disks of another system.
/// </summary>
internal class Disk
{
    private static readonly Disk OfSystem = new();
    private static readonly AsyncLocal<Disk?> Substitute = new();

    // Checked first, because every file access asks for the current disk and only tests substitute it.
    private static volatile bool isReplaced;

    /// <summary>The disk of the current context.</summary>
    public static Disk Current => isReplaced ? Substitute.Value ?? OfSystem : OfSystem;

    /// <summary>Whether access to a file can be refused while another process has it open, as on Windows.</summary>
    public virtual bool RefusesOpenFiles => OperatingSystem.IsWindows();

    /// <summary>How long a refused access is retried.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(2);

    /// <summary>Substitutes the disk in the current context until the result is disposed.</summary>
    public static IDisposable Replace(Disk disk)
    {
        Disk? before = Substitute.Value;
        isReplaced = true;
        Substitute.Value = disk;
        return new Ending(() => Substitute.Value = before);
    }

    /// <summary>Called before each file access that can be refused. It may throw the error of a refused access.</summary>
    public virtual void Access(string path)
    {
    }

    /// <summary>Flushes an open file, or the names in an open folder, to the disk.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="opened">The handle of the file or folder.</param>
    public virtual void Flush(string path, SafeFileHandle opened) => RandomAccess.FlushToDisk(opened);

    /// <summary>Whether a file exists, in any spelling that the disk accepts for it.</summary>
    public virtual bool FileExists(string path) => File.Exists(path);

    /// <summary>Whether a file or folder exists, in any spelling that the disk accepts for it.</summary>
    public virtual bool Exists(string path) => Path.Exists(path);

    /// <summary>Returns the names of the folders in a folder.</summary>
    public virtual IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path));

    /// <summary>Returns the names of the files in a folder.</summary>
    public virtual IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path));

    /// <summary>Returns names in a folder, including the stored spelling of a name if it exists. Windows finds it without listing all.</summary>
    public virtual IEnumerable<string> Entries(string folder, string name) => OperatingSystem.IsWindows()
        ? Directory.EnumerateFileSystemEntries(folder, name).Select(path => Path.GetFileName(path))
        : Folders(folder).Concat(Files(folder));

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
