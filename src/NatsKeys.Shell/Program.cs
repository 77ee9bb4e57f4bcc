using System.Runtime.CompilerServices;
using NatsKeys.Shell.Hosting;

namespace NatsKeys.Shell;

/// <summary>The PowerShell engine with the module loaded, for machines that have .NET and no PowerShell.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // The engine reads this once, when its telemetry type is first touched: nothing of the engine may run before.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        if (!ShellOptions.TryParse(args, out ShellOptions options, out string? problem))
        {
            Console.Error.WriteLine(problem);
            Console.Error.WriteLine(ShellOptions.Usage);
            return ShellExitCode.BadUsage;
        }

        string manifest;
        try
        {
            manifest = ModuleLocator.FindManifest(AppContext.BaseDirectory);
        }
        catch (FileNotFoundException error)
        {
            Console.Error.WriteLine(error.Message);
            return ShellExitCode.Failed;
        }

        return Run(options, manifest);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(ShellOptions options, string manifest)
    {
        using var session = new ShellSession(new ConsoleTerminal());
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            session.Stop();
        };

        session.ImportModule(manifest);
        if (session.ShouldExit)
        {
            return session.ExitCode;
        }

        if (options.Script is not null)
        {
            session.RunScript(options.Script, options.Arguments);
        }
        else if (options.Command is not null)
        {
            session.RunCommand(options.Command);
        }

        if (options.StaysOpen && !session.ShouldExit)
        {
            new PromptLoop(session).Run();
        }

        return session.ExitCode;
    }
}
