using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace NatsKeys.Tests.Hosting;

/// <summary>A host of the engine that keeps what a user would see, and answers with what a test has laid ready.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingUserInterface ui = new();

    public override string Name => "NatsKeys.Tests";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <summary>Gets the same interface, with what a test asks of it.</summary>
    internal RecordingUserInterface Screen => ui;

    public override void SetShouldExit(int exitCode) => throw new PSNotSupportedException("A script of a test does not end the tests.");

    public override void EnterNestedPrompt() => throw new PSNotSupportedException();

    public override void ExitNestedPrompt() => throw new PSNotSupportedException();

    public override void NotifyBeginApplication()
    {
        // A program of the system needs nothing of a host that has no screen.
    }

    public override void NotifyEndApplication()
    {
        // See NotifyBeginApplication.
    }

    /// <summary>Opens a runspace that writes here.</summary>
    internal Runspace OpenRunspace()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(this, state);

        // What a test lends flows with the thread that runs the script.
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        return runspace;
    }
}
