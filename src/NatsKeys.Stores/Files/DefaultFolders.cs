namespace NatsKeys.Files;

/// <summary>The default paths of stores and keys.</summary>
internal static class DefaultFolders
{
    /// <summary>The environment variable that names the key root.</summary>
    public const string KeysVariable = "NATSKEYS_KEYS";

    /// <summary>The key root that is used when none is specified.</summary>
    internal static string KeyRoot => FindKeyRoot(fullPath: null) ?? OwnKeyRoot;

    /// <summary>The key root in the user's folder.</summary>
    internal static string OwnKeyRoot => Path.Combine(UserData, "keys");

    /// <summary>The user's folder. On Unix it is in XDG_DATA_HOME or ~/.local/share, on Windows in LOCALAPPDATA.</summary>
    internal static string UserData => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "natskeys");

    /// <summary>Returns the key root that the environment specifies; null if it specifies none.</summary>
    /// <param name="fullPath">Resolves a relative path; by default, from the current folder of the process.</param>
    internal static string? FindKeyRoot(Func<string, string>? fullPath) => Find(KeysVariable, fullPath);

    /// <summary>Returns the folder that an environment variable specifies; null if it specifies none.</summary>
    /// <param name="variable">The name of the variable.</param>
    /// <param name="fullPath">Resolves a relative path; by default, from the current folder of the process.</param>
    internal static string? Find(string variable, Func<string, string>? fullPath) =>
        RootVariables.Find(variable) is { } path
            ? PathSpelling.Of(fullPath is null || Path.IsPathFullyQualified(path) ? path : fullPath(path))
            : null;
}
