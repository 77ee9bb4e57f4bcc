using System.Management.Automation;

namespace NatsKeys.Pipeline;

/// <summary>The files of a cmdlet: paths are relative to PowerShell's location, and need not exist.</summary>
/// <param name="cmdlet">The cmdlet that works.</param>
internal sealed class PipelinePaths(PSCmdlet cmdlet)
{
    private readonly HashSet<string> outputs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full path of a file. Wildcards have no meaning here.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>: it is no path of the file system.</exception>
    public string Full(string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        RequireFiles(path, provider);
        return full;
    }

    /// <summary>The full path of a file to write; a folder gets a file of the given name.</summary>
    public string FileToWrite(string path, string name)
    {
        string full = Full(path);
        return Directory.Exists(full) || Path.EndsInDirectorySeparator(full) ? Path.Combine(full, name) : full;
    }

    /// <summary>
    /// Refuses a second file of this pipeline in one place: it would take the first one away, whether or not that is asked for of files that were
    /// there.
    /// </summary>
    public void RequireOnce(string path, string how)
    {
        if (!outputs.Add(path))
        {
            throw new NatsKeysException(
                ErrorCode.FileExists, $"The file '{path}' was written for another item of this pipeline. {how}") { Path = path };
        }
    }

    /// <summary>Writes a file or folder as the engine's own cmdlets do: its view knows the size and the owner from them.</summary>
    public void WriteItem(string path) =>
        cmdlet.WriteObject(cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>Refuses a path of variables, certificates or whatever else PowerShell has paths for.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>.</exception>
    public static void RequireFiles(string path, ProviderInfo provider)
    {
        if (provider.Name != "FileSystem")
        {
            throw new NatsKeysException(ErrorCode.InvalidPath, $"'{path}' is not a path of the file system.");
        }
    }
}
