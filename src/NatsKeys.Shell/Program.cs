using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Microsoft.PowerShell;

namespace NatsKeys.Shell;

/// <summary>Runs PowerShell with the module imported, for machines that have .NET but no PowerShell.</summary>
internal static class Program
{
    private const string Help =
        """
        Usage: NatsKeys.Shell [[-File] script.ps1 [arguments] | -Command text] [-NoExit] [other options of pwsh]

        Without a script or command, starts an interactive session.
        Profiles are not loaded, because they may need modules of an installed PowerShell.
        """;

    private const string Importer = "Import-NatsKeys";

    private static void Main(string[] args)
    {
        // The engine reads the first variable only once, when its telemetry type is initialized. So they are set before any engine code runs.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");

        // If the module cannot be imported, an engine thread keeps running, and returning from this method would wait for it.
        Environment.Exit(Run(args));
    }

    private static int Run(string[] args)
    {
        try
        {
            return Start(ModuleLocator.FindManifest(AppContext.BaseDirectory), args);
        }
        catch (FileNotFoundException error)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Start(string manifest, string[] args)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();

        // A startup script imports the module. An interactive session without PSReadLine would drop the modules of the initial state.
        state.Commands.Add(new SessionStateFunctionEntry(
            Importer, $"Import-Module '{CodeGeneration.EscapeSingleQuotedStringContent(manifest)}' -Global -ErrorAction Stop"));
        state.StartupScripts.Add(Importer);
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        string version = typeof(Program).Assembly.GetName().Version!.ToString(3);
        string banner = $"NatsKeys {version} in PowerShell {PSVersionInfo.PSVersion}. "
            + "Start with `Get-Help about_NatsKeys`. `exit` ends the session.";
        return ConsoleShell.Start(state, banner, Help, ["-NoProfile", .. args]);
    }
}
