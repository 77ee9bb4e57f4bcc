using System.Collections.ObjectModel;
using System.Management.Automation;
using NatsKeys.Errors;
using NatsKeys.Files;

namespace NatsKeys.Pipeline;

/// <summary>The paths of a cmdlet. They are relative to PowerShell's location, and need not exist.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class PipelinePaths(PSCmdlet cmdlet)
{
    private readonly HashSet<string> outputs = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns the full path of a file or folder. Wildcards are not expanded. Tab completion puts a backtick before brackets in names; it is part of
    /// the name only if such a file exists.
    /// </summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>: it is not a path of the file system.</exception>
    public string Full(string path)
    {
        string full = Literal(path);
        return !path.Contains('`', StringComparison.Ordinal) || Path.Exists(full) ? full : Literal(WildcardPattern.Unescape(path));
    }

    /// <summary>Returns the full path of a file or folder, exactly as it is typed.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>: it is not a path of the file system.</exception>
    public string Literal(string path)
    {
        // On Windows, a blank name means the folder itself.
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new NatsKeysException(ErrorCode.InvalidPath, "The path is blank.");
        }

        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        RequireFiles(path, provider);
        return full;
    }

    /// <summary>The folder of the file system in which PowerShell is.</summary>
    public string Folder => cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>Returns the path of a file in <see cref="Folder"/>. Unlike <see cref="Full"/>, it takes any text, also one with a colon.</summary>
    public string Join(string path) => Path.Combine(Folder, path);

    /// <summary>Returns the full paths that a path with wildcards matches. A path without wildcards need not exist.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>: it is not a path of the file system.</exception>
    public IReadOnlyList<string> Matching(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Full(path)];
        }

        ProviderInfo provider = null!;
        Collection<string> files = SafeFiles.Guarded(path, () => cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider));
        RequireFiles(path, provider);

        // An unbalanced bracket is not a wildcard, but part of a name that does not exist.
        return files.Count == 0 && !path.AsSpan().ContainsAny('*', '?') ? [Full(path)] : files;
    }

    /// <summary>The full path of the one file that a path with wildcards matches.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>: it matches none. <see cref="ErrorCode.InvalidPath"/>: it matches several, or is not a path of the file
    /// system.
    /// </exception>
    public string Single(string path) => Matching(path) switch
    {
        [var only] => only,
        [] => throw new NatsKeysException(ErrorCode.FileNotFound, $"No file matches '{path}'.") { Path = path },
        var files => throw new NatsKeysException(ErrorCode.InvalidPath, $"{files.Count} files match '{path}'. Specify one file.") { Path = path },
    };

    /// <summary>The full path of a file to write. If the path is a folder, the given name is added.</summary>
    public string FileToWrite(string path, string name)
    {
        string full = Full(path);
        return Directory.Exists(full) || Path.EndsInDirectorySeparator(full) ? Path.Combine(full, name) : full;
    }

    /// <summary>
    /// Refuses to write the same path twice in one pipeline. This would replace the first file, even if replacing older files is allowed.
    /// </summary>
    public void RequireOnce(string path, string how)
    {
        // Whether two spellings are one file depends on the disk, which has the earlier file by now.
        if (!outputs.Add(PathSpelling.Of(path)))
        {
            throw new AdvisedException(
                ErrorCode.FileExists, $"The file '{path}' was written for another item of this pipeline. {how}") { Path = path };
        }
    }

    /// <summary>Writes a file or folder as PowerShell's own cmdlets do, so that its view shows the size and the owner.</summary>
    public void WriteItem(string path) =>
        cmdlet.WriteObject(cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>Refuses paths of other PowerShell drives, such as variables and certificates.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>.</exception>
    private static void RequireFiles(string path, ProviderInfo provider)
    {
        if (provider.Name != "FileSystem")
        {
            throw new NatsKeysException(ErrorCode.InvalidPath, $"'{path}' is not a path of the file system.");
        }
    }
}
