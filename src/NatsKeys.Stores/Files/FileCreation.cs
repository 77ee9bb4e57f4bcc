using System.Security.AccessControl;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>Creates files and folders. If they are secret, only their owner has access.</summary>
internal static class FileCreation
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode AnyFile =
        OwnerFile | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // EEXIST of Linux and macOS.
    private const int ExistsOnUnix = 17;

    // How often a folder is created that other processes delete again.
    private const int MostFolders = 100;

    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    public static void CreateFolder(string path, bool secret)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (!secret)
        {
            Directory.CreateDirectory(path);
            return;
        }

        // The mode applies to the last folder only, so each level is created separately.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateFolder(parent, secret);
        }

        if (OperatingSystem.IsWindows())
        {
            var security = new DirectorySecurity();
            RestrictToOwner(security, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit);
            security.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
    }

    /// <summary>Creates a new file.</summary>
    public static FileStream Create(string path, bool secret) => Open(path, secret, FileMode.CreateNew, FileShare.None);

    /// <summary>Creates a new file with content. Creates the folder if it is missing, which is rare.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, bool secret, bool secretFolder, bool flush)
    {
        // This avoids the status calls and the lock of .NET. If the file cannot be created here, .NET fails below with the platform's message.
        using SafeFileHandle? made = UnixFile.TryCreate(path, secret ? OwnerFile : AnyFile);
        if (made is not null)
        {
            RandomAccess.Write(made, content, fileOffset: 0);
            if (flush)
            {
                Disk.Current.Flush(path, made);
            }

            return;
        }

        using FileStream stream = OpenIn(path, secret, secretFolder, FileMode.CreateNew, FileShare.None);
        stream.Write(content);
        stream.Flush();
        if (flush)
        {
            Disk.Current.Flush(path, stream.SafeFileHandle);
        }
    }

    /// <summary>Opens a file for writing. Creates the folder if it is missing, which is rare.</summary>
    public static FileStream OpenIn(string path, bool secret, bool secretFolder, FileMode mode, FileShare share) =>
        InFolderOf(path, secretFolder, () => Open(path, secret, mode, share));

    /// <summary>
    /// Creates a file, or moves one to a path. Creates the folder if it is missing, which is rare. Another process deletes the folder again if it had
    /// created it and did not need it; hence the loop.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="secretFolder">Whether only the owner gets access to folders that are created.</param>
    /// <param name="create">Creates the file.</param>
    public static T InFolderOf<T>(string path, bool secretFolder, Func<T> create)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return create();
            }
            catch (IOException error) when (attempt < MostFolders && IsWithoutFolder(error))
            {
                CreateSharedFolder(Path.GetDirectoryName(path)!, secretFolder, isLast: attempt == MostFolders - 1);
            }
        }
    }

    /// <summary>
    /// Whether a file was not created because its folder was missing. .NET looks for the folder after the failure, so it reports a missing file if
    /// another process created the folder in between.
    /// </summary>
    public static bool IsWithoutFolder(Exception error) => error is DirectoryNotFoundException or FileNotFoundException;

    /// <summary>Creates a folder that another process may create and delete at the same time.</summary>
    private static void CreateSharedFolder(string path, bool secret, bool isLast)
    {
        try
        {
            CreateFolder(path, secret);
        }
        catch (IOException error) when (error.HResult == ExistsOnUnix && !isLast)
        {
            // It existed when it was to be created, but not when .NET looked for it then.
        }
    }

    private static FileStream Open(string path, bool secret, FileMode mode, FileShare share)
    {
        if (secret && OperatingSystem.IsWindows())
        {
            var security = new FileSecurity();
            RestrictToOwner(security, InheritanceFlags.None);
            return new FileInfo(path).Create(mode, FileSystemRights.FullControl, share, 4096, FileOptions.None, security);
        }

        // The content is written in one call, so a buffer would only copy it.
        var options = new FileStreamOptions { BufferSize = 0, Mode = mode, Access = FileAccess.Write, Share = share };
        if (secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new FileStream(path, options);
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static void RestrictToOwner(FileSystemSecurity security, InheritanceFlags inheritance)
    {
        SecurityIdentifier owner = WindowsIdentity.GetCurrent().User!;
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(
            new FileSystemAccessRule(owner, FileSystemRights.FullControl, inheritance, PropagationFlags.None, AccessControlType.Allow));
    }
}
