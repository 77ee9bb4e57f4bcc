using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using NatsKeys.Shell;

namespace NatsKeys.Tests.Hosting;

/// <summary>A runspace with the built module imported from its files, in a folder of its own.</summary>
internal sealed class PowerShellSession : IDisposable
{
    private readonly RecordingHost host;
    private readonly Runspace runspace;
    private readonly bool ownsRoots;
    private bool isSpoiled;
    private bool hasRemains;

    // The variables of the environment that the module takes from the session. A script changes them as $lent.
    private readonly Hashtable lent;

    /// <summary>Opens a session.</summary>
    /// <param name="importsModule">Whether the module is imported.</param>
    /// <param name="ownsRoots">
    /// Whether the default roots of stores and keys lie in the session's folder. A test of sessions that read and set the environment at once says
    /// no and names its paths.
    /// </param>
    internal PowerShellSession(bool importsModule = true, bool ownsRoots = true)
    {
        this.ownsRoots = ownsRoots;
        Folder = Directory.CreateTempSubdirectory("natskeys-").FullName;
        isSpoiled = !importsModule;
        (RecordingHost Host, Runspace Runspace)? free = importsModule ? SessionPool.Take() : null;
        host = free?.Host ?? new RecordingHost();
        runspace = free?.Runspace ?? host.OpenRunspace();
        runspace.SessionStateProxy.Path.SetLocation(Folder);
        lent = new Hashtable { ["NATSKEYS_STORE"] = StoreRoot, ["NATSKEYS_KEYS"] = KeyRoot, ["XDG_CONFIG_HOME"] = SettingsRoot };
        SetVariables([("storeRoot", StoreRoot), ("keyRoot", KeyRoot), ("lent", lent), ("manifest", ManifestPath)]);
        if (importsModule && free is null)
        {
            Run("Import-Module $manifest -ErrorAction Stop");
            isSpoiled = false;
        }
    }

    /// <summary>Gets the path of the repository's manifest.</summary>
    internal static string ManifestPath { get; } = ModuleLocator.FindManifest(AppContext.BaseDirectory);

    /// <summary>Gets the folder that has the built module.</summary>
    internal static string ModuleBin { get; } = Path.Combine(Path.GetDirectoryName(ManifestPath)!, "module", "bin");

    /// <summary>Gets the session's folder, which is its current location and is gone with the session.</summary>
    internal string Folder { get; }

    /// <summary>Gets the default root of stores.</summary>
    internal string StoreRoot => Path.Combine(Folder, "store");

    /// <summary>Gets the default root of keys.</summary>
    internal string KeyRoot => Path.Combine(Folder, "keys");

    /// <summary>Gets the folder in which other programs keep their settings.</summary>
    internal string SettingsRoot => Path.Combine(Folder, "settings");

    /// <summary>Gets or sets the width of the text that <see cref="RunText"/> prints.</summary>
    internal int Columns
    {
        get => host.Screen.Columns;
        set => host.Screen.Columns = value;
    }

    /// <summary>Lays answers ready for the questions that the next scripts ask; a question without one is an error.</summary>
    internal void Answer(params string[] lines) => host.Screen.Answer(lines);

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script; its variables and functions stay in the session.</param>
    /// <param name="variables">Variables that are set before.</param>
    /// <returns>What came out of it, stream by stream.</returns>
    /// <exception cref="TerminatingErrorException">An error ended the script.</exception>
    internal RunResult Run(string script, params (string Name, object? Value)[] variables)
    {
        SetVariables(variables);
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script, useLocalScope: false);

        var output = new PSDataCollection<PSObject>();
        try
        {
            Invoke(shell, output, script);
        }
        catch (RuntimeException exception)
        {
            throw new TerminatingErrorException(exception.ErrorRecord, Collect(shell, output));
        }

        return Collect(shell, output);
    }

    /// <summary>Runs a script and returns what a user would see: the default views of its output, and of errors and warnings behind it.</summary>
    /// <inheritdoc cref="Run"/>
    internal string RunText(string script, params (string Name, object? Value)[] variables)
    {
        SetVariables(variables);
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script, useLocalScope: false);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");

        host.Screen.Take();
        try
        {
            Invoke(shell, [], script);
        }
        catch (RuntimeException exception)
        {
            throw new TerminatingErrorException(exception.ErrorRecord, Collect(shell, []));
        }

        return host.Screen.Take();
    }

    /// <summary>Completes a line as the Tab key does.</summary>
    /// <param name="line">The line; the cursor is at its end.</param>
    /// <returns>The texts that the word under the cursor can become.</returns>
    internal IReadOnlyList<string> Complete(string line)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddScript("param($line) [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches")
            .AddArgument(line);
        var matches = new PSDataCollection<PSObject>();
        Invoke(shell, matches, line);
        return [.. matches.Select(match => ((CompletionResult)match.BaseObject).CompletionText)];
    }

    /// <summary>Starts a process of its own that runs a command in this session's folder, with its root of keys.</summary>
    /// <param name="command">The command.</param>
    internal Process StartProcess(string command) => Process.Start(new ProcessStartInfo(TestProgram.PathOf("NatsKeys.Shell"), ["-Command", command])
    {
        WorkingDirectory = Folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,

        // The root of keys is an environment variable of this process only while a script runs.
        Environment = { ["NATSKEYS_KEYS"] = KeyRoot },
    })!;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isSpoiled)
        {
            runspace.Dispose();
        }
        else
        {
            SessionPool.GiveBack(host, runspace, hasRemains);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static RunResult Collect(PowerShell shell, IEnumerable<PSObject> output) => new()
    {
        Output = [.. output],
        Errors = [.. shell.Streams.Error],
        Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
        Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)],
        Debug = [.. shell.Streams.Debug.Select(record => record.Message)],
        Information = [.. shell.Streams.Information.Select(record => record.ToString())],
        Progress = [.. shell.Streams.Progress],
    };

    private void SetVariables((string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables)
        {
            runspace.SessionStateProxy.SetVariable(name, value);
        }
    }

    private void Invoke(PowerShell shell, PSDataCollection<PSObject> output, string script)
    {
        isSpoiled |= SessionPool.Leaves(script);
        hasRemains |= SessionPool.LeavesRemains(script);
        using IDisposable? roots = ownsRoots ? DefaultRoots.Occupy(lent, script) : null;

        // A thread of PowerShell has no context. That of xunit has few threads, all of which may be waiting for scripts.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            shell.Invoke(input: null, output);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
