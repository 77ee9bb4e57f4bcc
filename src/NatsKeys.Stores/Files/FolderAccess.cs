using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace NatsKeys.Files;

/// <summary>Checks whether others than its owner can access the content of a folder.</summary>
internal static class FolderAccess
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Whether others can read the content of a folder.</summary>
    /// <param name="root">A folder above it, or the folder itself.</param>
    /// <param name="folder">The folder.</param>
    public static bool IsOpenToOthers(string root, string folder)
    {
        try
        {
            // On Unix, a closed root protects everything below it. On Windows, everybody can traverse folders.
            return OperatingSystem.IsWindows() ? IsOpenByList(folder) : IsOpenByMode(root) && IsOpenByMode(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException)
        {
            // A disk without access control lists fails in many ways. If the list cannot be read, reading a key reports that.
            return false;
        }
    }

    /// <summary>
    /// Whether everybody can write to a folder. Always false on Windows, where subfolders inherit the rights that a folder grants to everybody.
    /// </summary>
    public static bool IsWritableByAll(string folder) => HasMode(folder, UnixFileMode.OtherWrite);

    /// <summary>Whether users cannot rename files of other users in a folder, as in the folder of temporary files.</summary>
    public static bool IsSticky(string folder) => HasMode(folder, UnixFileMode.StickyBit);

    /// <summary>Returns the target of a link; null if the path is not a link or does not exist.</summary>
    public static string? LinkTarget(string path)
    {
        try
        {
            return new DirectoryInfo(Path.TrimEndingDirectorySeparator(path)).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Returns a command that revokes the access of others, for messages.</summary>
    public static string Remedy(string folder) =>
        OperatingSystem.IsWindows() ? $"icacls '{folder}' /inheritance:r /grant:r \"${{env:USERNAME}}:(OI)(CI)F\"." : $"chmod 700 '{folder}'.";

    private static bool HasMode(string folder, UnixFileMode mode)
    {
        try
        {
            return !OperatingSystem.IsWindows() && Directory.Exists(folder) && (File.GetUnixFileMode(folder) & mode) != 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOpenByMode(string folder) => Directory.Exists(folder) && (File.GetUnixFileMode(folder) & Others) != 0;

    [SupportedOSPlatform("windows")]
    private static bool IsOpenByList(string folder)
    {
        WellKnownSidType[] everybody =
        [
            WellKnownSidType.WorldSid, WellKnownSidType.BuiltinUsersSid, WellKnownSidType.AuthenticatedUserSid, WellKnownSidType.BuiltinGuestsSid,
        ];
        return Directory.Exists(folder) && new DirectoryInfo(folder).GetAccessControl(AccessControlSections.Access)
            .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .OfType<FileSystemAccessRule>()
            .Any(rule => rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & FileSystemRights.ReadData) != 0
                && rule.IdentityReference is SecurityIdentifier who && everybody.Any(who.IsWellKnown));
    }
}
