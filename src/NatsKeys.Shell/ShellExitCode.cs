namespace NatsKeys.Shell;

/// <summary>What the process ends with where no script says otherwise; the values are those of pwsh.</summary>
internal static class ShellExitCode
{
    /// <summary>All went well.</summary>
    internal const int Success = 0;

    /// <summary>The script was ended by an error, or the last command failed.</summary>
    internal const int Failed = 1;

    /// <summary>The command line was not understood, or names a script that is not there.</summary>
    internal const int BadUsage = 64;
}
