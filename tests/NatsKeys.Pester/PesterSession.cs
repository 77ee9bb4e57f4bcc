using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.InteropServices;
using NatsKeys.Shell;

namespace NatsKeys.Pester;

/// <summary>
/// A session of PowerShell with Pester in it. Tests set environment variables, which belong to the process: it runs one file after the other.
/// </summary>
public sealed class PesterSession : IDisposable
{
    private static readonly string Root = Path.GetDirectoryName(ModuleLocator.FindManifest(AppContext.BaseDirectory))!;

    private readonly Runspace runspace;

    /// <summary>Opens the session.</summary>
    public PesterSession()
    {
        PrepareEnvironment();
        runspace = Open();
        Run(shell => shell.AddCommand("Import-Module").AddParameter("Name", Path.Combine(AppContext.BaseDirectory, "Pester", "Pester.psd1")));
    }

    /// <summary>Gets the folder of the files.</summary>
    internal static string Folder { get; } = Path.Combine(Root, "tests", "Pester");

    /// <inheritdoc/>
    public void Dispose() => runspace.Dispose();

    /// <summary>Runs the tests of a file.</summary>
    /// <param name="path">The path of the file.</param>
    internal PesterResult RunFile(string path)
    {
        PSObject result = Run(shell => shell.AddCommand(Path.Combine(AppContext.BaseDirectory, "Invoke-TestFile.ps1")).AddParameter("Path", path))
            .Single();
        return new PesterResult((int)result.Properties["Passed"].Value, Lines("Failed"), Lines("Skipped"));

        string[] Lines(string property) => [.. ((IEnumerable)result.Properties[property].Value).Cast<object>().Select(line => $"{line}")];
    }

    private static void PrepareEnvironment()
    {
        // The engine reads this once, when its telemetry type is first touched: nothing of the engine may run before.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        // The pwsh that tests start is the one of .config/dotnet-tools.json, in the runtime that the tests run in.
        string tool = typeof(PesterSession).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PowerShellFolder")
            .Value!;
        Environment.SetEnvironmentVariable("PATH", tool + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is null)
        {
            Environment.SetEnvironmentVariable("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")));
        }
    }

    private static Runspace Open()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(Root);
        return runspace;
    }

    private Collection<PSObject> Run(Action<PowerShell> add)
    {
        using var shell = PowerShell.Create(runspace);
        add(shell);
        return shell.Invoke(input: null, new PSInvocationSettings { ErrorActionPreference = ActionPreference.Stop });
    }
}
