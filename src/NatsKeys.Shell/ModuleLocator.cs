namespace NatsKeys.Shell;

/// <summary>Finds the module that the shell belongs to.</summary>
internal static class ModuleLocator
{
    /// <summary>Searches a folder and the folders above it for the module manifest.</summary>
    /// <param name="folder">The folder to start from.</param>
    /// <returns>The path of the manifest.</returns>
    /// <exception cref="FileNotFoundException">None of the folders has a manifest.</exception>
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
