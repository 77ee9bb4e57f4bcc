using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace NatsKeys.Tests.Hosting;

/// <summary>
/// Runspaces with the module that served a test and serve the next one: to open one and to import the module takes longer than most tests. Variables
/// and preferences are those of a new session again, and functions and sources of keys that scripts left are gone. A runspace in which a script did
/// more than that is not given back.
/// </summary>
internal static partial class SessionPool
{
    /// <summary>
    /// Takes away what <c>ResetRunspaceState</c> of the engine leaves. Functions of modules and of the engine itself stay: a module that a script
    /// used serves the next one, too. A function in the place of one of theirs is one that cannot be taken away without them.
    /// </summary>
    private const string Clean =
        """
        param($engine)
        Unregister-NatsKeySource *
        $left = @(Get-ChildItem function: | Where-Object { -not $_.Module })
        $left | Where-Object { -not $engine.ContainsKey($_.Name) } | Remove-Item
        -not $left.Where({ $engine.ContainsKey($_.Name) -and $engine[$_.Name] -ne $_.Definition })
        """;

    private static readonly ConcurrentBag<(RecordingHost Host, Runspace Runspace)> Free = [];

    /// <summary>The functions of a new session that are of no module.</summary>
    private static readonly Lazy<Dictionary<string, string>> EngineFunctions = new(() =>
        InitialSessionState.CreateDefault2().Commands.OfType<SessionStateFunctionEntry>()
            .ToDictionary(function => function.Name, function => function.Definition, StringComparer.OrdinalIgnoreCase));

    public static (RecordingHost Host, Runspace Runspace)? Take() => Free.TryTake(out (RecordingHost Host, Runspace Runspace) free) ? free : null;

    /// <summary>Whether a script leaves something in its session that stays there.</summary>
    public static bool Leaves(string script) => Lasting().IsMatch(script);

    /// <summary>Whether a script leaves functions or sources of keys, which can be taken away.</summary>
    public static bool LeavesRemains(string script) => Remains().IsMatch(script);

    /// <summary>Gives a runspace to the next test.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="runspace">The runspace.</param>
    /// <param name="hasRemains">Whether a script left functions or sources of keys.</param>
    public static void GiveBack(RecordingHost host, Runspace runspace, bool hasRemains)
    {
        if (runspace.RunspaceStateInfo.State != RunspaceState.Opened || runspace.RunspaceAvailability != RunspaceAvailability.Available)
        {
            runspace.Dispose();
            return;
        }

        runspace.ResetRunspaceState();
        if (hasRemains && !IsCleaned(runspace))
        {
            runspace.Dispose();
            return;
        }

        host.Screen.Reset();
        Free.Add((host, runspace));
    }

    private static bool IsCleaned(Runspace runspace)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(Clean, useLocalScope: true).AddArgument(EngineFunctions.Value);
        return shell.Invoke<bool>() is [true] && !shell.HadErrors;
    }

    [GeneratedRegex(@"\b(function|filter)\s|Source\b", RegexOptions.IgnoreCase)]
    private static partial Regex Remains();

    [GeneratedRegex(
        @"\b(class|enum|configuration|using)\s"
            + @"|\b(Register|Unregister|Import|Remove|Set|New|Update|Enable|Disable|Start|Push|Pop)"
            + @"-(?!Nats|Item\b|Content\b|Variable\b|Object\b|Guid\b)"
            + @"|SessionState|PSDefaultParameterValues|(function|alias|env|variable|global):"
            + @"|\$Host|PSStyle|Culture|OutputEncoding",
        RegexOptions.IgnoreCase)]
    private static partial Regex Lasting();
}
