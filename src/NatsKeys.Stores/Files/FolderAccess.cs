using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace NatsKeys.Files;

/// <summary>Whether others than the owner of a folder can read what lies in it.</summary>
internal static class FolderAccess
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Whether others can read what lies in a folder.</summary>
    /// <param name="root">The folder above, or the folder itself.</param>
    /// <param name="folder">The folder.</param>
    public static bool IsOpenToOthers(string root, string folder)
    {
        try
        {
            // On Unix who cannot get into the root does not reach what lies in it. On Windows everybody is let through folders.
            return OperatingSystem.IsWindows() ? IsOpenByList(folder) : IsOpenByMode(root) && IsOpenByMode(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException)
        {
            // A disk without lists of rights says so in many ways, and whoever may not read the list is told when he reads a key.
            return false;
        }
    }

    /// <summary>
    /// Whether everybody can write to a folder. On Windows nobody is asked: what a folder gives to all, all folders below have, too.
    /// </summary>
    public static bool IsWritableByAll(string folder) => HasMode(folder, UnixFileMode.OtherWrite);

    /// <summary>Whether nobody can rename what others have in a folder, as in that of temporary files.</summary>
    public static bool IsSticky(string folder) => HasMode(folder, UnixFileMode.StickyBit);

    /// <summary>Where a link leads; null for what is none, or not there.</summary>
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

    /// <summary>For people: how to take the rights of others away.</summary>
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
