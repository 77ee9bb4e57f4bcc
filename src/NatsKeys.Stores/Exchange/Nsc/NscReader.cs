using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Reads the folder of an operator in an nsc store, and finds tokens that nsc wrote to the wrong place.</summary>
internal static class NscReader
{
    /// <summary>The operator of a folder, with its accounts and users.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static NscEntity Operator(string folder)
    {
        // The name becomes part of a path, and must not lead out of the folder.
        string name = NscLayout.NameOf(folder);
        SourceFault.CheckName(name, Path.Combine(folder, NscLayout.Marker));
        string file = Path.Combine(folder, name + NscLayout.TokenExtension);
        string accounts = Path.Combine(folder, NscLayout.Accounts);
        return new NscEntity(EntityKind.Operator, file, FolderName(folder))
        {
            Children = () =>
                [.. Folders(accounts).SelectMany(Account), .. AllMisplaced(folder, file, accounts), .. Files(accounts).Select(Misplaced)],
        };
    }

    /// <summary>A token in a place where nsc keeps none.</summary>
    public static NscEntity Misplaced(string file) => User(file) with { IsMisplaced = true };

    /// <summary>The tokens below a folder in which nsc keeps none.</summary>
    public static IEnumerable<NscEntity> AllMisplaced(string folder) => [.. Files(folder).Select(Misplaced),
        .. Folders(folder).Where(IsOwn).SelectMany(AllMisplaced)];

    /// <summary>The subfolders of a folder, in the same order on every system.</summary>
    public static IReadOnlyList<string> Folders(string folder) => List(folder, Directory.GetDirectories);

    /// <summary>The files of a folder that have an extension, in the same order on every system.</summary>
    public static IReadOnlyList<string> Files(string folder, string extension = NscLayout.TokenExtension) =>
        [.. List(folder, Directory.GetFiles).Where(file => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Whether a folder is not a symbolic link. Links may form a cycle.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public static bool IsOwn(string folder)
    {
        try
        {
            return !File.GetAttributes(folder).HasFlag(FileAttributes.ReparsePoint);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // It was removed after the folder above it was listed.
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(folder, error);
        }
    }

    private static IEnumerable<NscEntity> Account(string folder)
    {
        string name = FolderName(folder);
        string? file = new[] { name, name.Trim() }.Select(stem => Path.Combine(folder, stem + NscLayout.TokenExtension)).FirstOrDefault(File.Exists);
        string users = Path.Combine(folder, NscLayout.Users);
        NscEntity[] misplaced = [.. AllMisplaced(folder, file, users)];
        if (file is not null)
        {
            return [new NscEntity(EntityKind.Account,
                file, name) { Children = () => [.. Files(users).Select(User), .. Folders(users).SelectMany(AllMisplaced)] }, .. misplaced];
        }

        // nsc ignores a folder without an account token, but users may be left in it.
        return [.. misplaced, .. AllMisplaced(users)];
    }

    private static IEnumerable<NscEntity> AllMisplaced(string folder, string? ownFile, string ownFolder) =>
        [.. Files(folder).Where(file => file != ownFile).Select(Misplaced),
            .. Folders(folder).Where(below => below != ownFolder && IsOwn(below)).SelectMany(AllMisplaced)];

    private static NscEntity User(string file) => new(EntityKind.User, file, Path.GetFileNameWithoutExtension(file));

    private static string FolderName(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    private static IReadOnlyList<string> List(string folder, Func<string, string[]> list)
    {
        try
        {
            return Directory.Exists(folder) ? [.. list(folder).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(folder, error);
        }
    }

    private static NatsKeysException Unreadable(string folder, Exception error) =>
        new(ErrorCode.FileAccess, $"The folder '{folder}' cannot be read: {error.Message}", error) { Path = folder };
}
