using System.Management.Automation;
using System.Management.Automation.Runspaces;
using NatsKeys.Shell.Hosting;

namespace NatsKeys.Shell;

/// <summary>A runspace of the bare engine whose output goes to a terminal.</summary>
internal sealed class ShellSession : IDisposable
{
    // What is not remembered in the history does not set $? either.
    private static readonly PSInvocationSettings Remembered = new() { AddToHistory = true };

    private readonly ShellHost host;
    private readonly Runspace runspace;
    private readonly Lock gate = new();
    private PowerShell? running;
    private int lastResult;

    /// <summary>Opens the runspace.</summary>
    /// <param name="terminal">Where output goes and input comes from.</param>
    internal ShellSession(Terminal terminal)
    {
        Terminal = terminal;
        host = new ShellHost(terminal);
        runspace = host.OpenRunspace();
    }

    /// <summary>Gets the terminal.</summary>
    internal Terminal Terminal { get; }

    /// <summary>Gets a value indicating whether <c>exit</c> was run, or the module could not be imported.</summary>
    internal bool ShouldExit => host.RequestedExitCode is not null;

    /// <summary>Gets what the process ends with.</summary>
    internal int ExitCode => host.RequestedExitCode ?? lastResult;

    /// <inheritdoc/>
    public void Dispose() => runspace.Dispose();

    /// <summary>Imports the module; the shell is of no use without it.</summary>
    /// <param name="manifest">The path of the manifest.</param>
    internal void ImportModule(string manifest)
    {
        if (!Run(shell => shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop)))
        {
            host.SetShouldExit(ShellExitCode.Failed);
        }
    }

    /// <summary>Runs a script file as <c>pwsh -File</c> does: errors that do not end it leave the exit code alone.</summary>
    /// <param name="path">The path of the script.</param>
    /// <param name="arguments">Its arguments, of which those with a dash are names of parameters.</param>
    internal void RunScript(string path, IReadOnlyList<string> arguments)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            Terminal.Error.WriteLine($"There is no script '{path}'.");
            lastResult = ShellExitCode.BadUsage;
            return;
        }

        bool completed = Run(shell => ScriptCall.AddTo(shell, path, arguments));

        // `exit n` leaves a script that was called by its path, puts the code into $LASTEXITCODE and, where it is not zero, makes the call a
        // failed one. A script that ran a program which failed has a code there too, and has not failed.
        lastResult = !completed ? ShellExitCode.Failed
            : !LastCommandSucceeded() && runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is int code ? code
            : ShellExitCode.Success;
    }

    /// <summary>Runs text as <c>pwsh -Command</c> does: the last command decides the exit code.</summary>
    /// <param name="text">The text.</param>
    internal void RunCommand(string text)
    {
        bool completed = Run(shell => shell.AddScript(text, useLocalScope: false));
        lastResult = completed && LastCommandSucceeded() ? ShellExitCode.Success : ShellExitCode.Failed;
    }

    /// <summary>Runs text and hands back what it emits, such as the prompt's.</summary>
    /// <param name="text">The text.</param>
    /// <returns>What was emitted, as text.</returns>
    internal string Evaluate(string text)
    {
        using var shell = PowerShell.Create(runspace);
        return string.Concat(shell.AddScript(text, useLocalScope: true).Invoke().Select(output => output?.ToString()));
    }

    /// <summary>Stops what runs, if anything does.</summary>
    internal void Stop()
    {
        lock (gate)
        {
            running?.BeginStop(callback: null, state: null);
        }
    }

    private bool LastCommandSucceeded() => Evaluate("$global:?") == bool.TrueString;

    private bool Run(Action<PowerShell> add)
    {
        using var shell = PowerShell.Create(runspace);
        add(shell);

        // Out-Default writes each object with its default view, errors included.
        shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");

        SetRunning(shell);
        try
        {
            shell.Invoke(input: null, Remembered);
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException exception)
        {
            Report(exception.ErrorRecord);
            return false;
        }
        finally
        {
            SetRunning(null);
        }
    }

    private void Report(ErrorRecord error)
    {
        // Writing the record as an error once more would put this call in the place where it happened. Out-Default takes a record that
        // it is handed for a piece of data, formats it just the same, and is here told where the text belongs.
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Out-Default").AddParameter("InputObject", error);
        host.WhileReportingErrors(() => shell.Invoke());
    }

    private void SetRunning(PowerShell? shell)
    {
        lock (gate)
        {
            running = shell;
        }
    }
}
