using System.Management.Automation;

namespace NatsKeys.Pipeline;

/// <summary>The paths of a cmdlet. They are relative to PowerShell's location, and need not exist.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class PipelinePaths(PSCmdlet cmdlet)
{
    private readonly HashSet<string> outputs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full path of a file. Wildcards are not expanded.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>: it is not a file system path.</exception>
    public string Full(string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        RequireFiles(path, provider);
        return full;
    }

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
        if (!outputs.Add(path))
        {
            throw new NatsKeysException(
                ErrorCode.FileExists, $"The file '{path}' was written for another item of this pipeline. {how}") { Path = path };
        }
    }

    /// <summary>Writes a file or folder as PowerShell's own cmdlets do, so that its view shows the size and the owner.</summary>
    public void WriteItem(string path) =>
        cmdlet.WriteObject(cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>Refuses paths of other PowerShell drives, such as variables and certificates.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>.</exception>
    public static void RequireFiles(string path, ProviderInfo provider)
    {
        if (provider.Name != "FileSystem")
        {
            throw new NatsKeysException(ErrorCode.InvalidPath, $"'{path}' is not a path of the file system.");
        }
    }
}
