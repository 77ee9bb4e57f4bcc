namespace NatsKeys.Files;

/// <summary>
/// The environment variables that name where things lie. There is one environment for the whole process; tests lend each thread of work values of its
/// own, so that many work side by side.
/// </summary>
internal static class RootVariables
{
    private static readonly AsyncLocal<Func<string, string?>?> Substitute = new();

    /// <summary>The value that counts here; null where there is none or an empty one.</summary>
    /// <param name="variable">The name of the variable.</param>
    public static string? Find(string variable) =>
        (Substitute.Value ?? Environment.GetEnvironmentVariable)(variable) is { Length: > 0 } value ? value : null;

    /// <summary>Puts other values in the place of the environment's for whatever the caller does, until null takes their place.</summary>
    public static void Replace(Func<string, string?>? values) => Substitute.Value = values;
}
