using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace NatsKeys.Shell.Hosting;

/// <summary>The engine's view of the program that runs it.</summary>
internal sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface ui;

    /// <summary>Makes a host for a terminal.</summary>
    /// <param name="terminal">Where output goes and input comes from.</param>
    internal ShellHost(Terminal terminal) => ui = new ShellUserInterface(terminal);

    /// <inheritdoc/>
    public override string Name => "NatsKeys.Shell";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => ui;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <summary>Gets the code that <c>exit</c> was given, once it was run.</summary>
    internal int? RequestedExitCode { get; private set; }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new PSNotSupportedException("This shell has no nested prompts.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new PSNotSupportedException("This shell has no nested prompts.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
        // A native program takes the terminal over as it is: nothing has to be put aside for it.
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
        // See NotifyBeginApplication.
    }

    /// <summary>Opens a runspace of the bare engine that writes here.</summary>
    /// <returns>The runspace.</returns>
    internal Runspace OpenRunspace()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(this, state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        return runspace;
    }

    /// <summary>Does something whose output is the text of an error.</summary>
    /// <param name="report">What to do.</param>
    internal void WhileReportingErrors(Action report)
    {
        ui.OutputIsError = true;
        try
        {
            report();
        }
        finally
        {
            ui.OutputIsError = false;
        }
    }
}
