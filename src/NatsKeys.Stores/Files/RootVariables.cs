namespace NatsKeys.Files;

/// <summary>
/// The environment variables that specify default folders. A process has a single environment, so tests substitute values for each flow of work,
/// which lets many tests run in parallel.
/// </summary>
internal static class RootVariables
{
    private static readonly AsyncLocal<Func<string, string?>?> Substitute = new();

    /// <summary>Returns the value of a variable in the current context; null if it is missing or empty.</summary>
    /// <param name="variable">The name of the variable.</param>
    public static string? Find(string variable) =>
        (Substitute.Value ?? Environment.GetEnvironmentVariable)(variable) is { Length: > 0 } value ? value : null;

    /// <summary>Substitutes the environment's values in the current context, until it is called with null.</summary>
    public static void Replace(Func<string, string?>? values) => Substitute.Value = values;
}
