namespace NatsKeys.Shell;

/// <summary>Finds the module that the shell belongs to.</summary>
internal static class ModuleLocator
{
    /// <summary>Walks up from a folder to the one that has the manifest.</summary>
    /// <param name="folder">Where to start.</param>
    /// <returns>The path of the manifest.</returns>
    /// <exception cref="FileNotFoundException">No folder above has it.</exception>
    internal static string FindManifest(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            string manifest = Path.Combine(at.FullName, "NatsKeys.psd1");
            if (File.Exists(manifest))
            {
                return manifest;
            }
        }

        throw new FileNotFoundException($"No folder above '{folder}' has NatsKeys.psd1.");
    }
}
