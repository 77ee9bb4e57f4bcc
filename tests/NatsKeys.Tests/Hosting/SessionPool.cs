using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace NatsKeys.Tests.Hosting;

/// <summary>
/// Runspaces with the module that served a test and serve the next one: to open one and to import the module takes longer than most tests. Variables
/// and preferences are those of a new session again. A runspace in which a script did more than use cmdlets and variables is not given back.
/// </summary>
internal static partial class SessionPool
{
    private static readonly ConcurrentBag<(RecordingHost Host, Runspace Runspace)> Free = [];

    public static (RecordingHost Host, Runspace Runspace)? Take() => Free.TryTake(out (RecordingHost Host, Runspace Runspace) free) ? free : null;

    /// <summary>Whether a script leaves something in its session that is no variable.</summary>
    public static bool Leaves(string script) => Lasting().IsMatch(script);

    public static void GiveBack(RecordingHost host, Runspace runspace)
    {
        if (runspace.RunspaceStateInfo.State != RunspaceState.Opened || runspace.RunspaceAvailability != RunspaceAvailability.Available)
        {
            runspace.Dispose();
            return;
        }

        runspace.ResetRunspaceState();
        host.Screen.Reset();
        Free.Add((host, runspace));
    }

    [GeneratedRegex(
        @"\b(function|filter|class|enum|configuration|using)\s"
            + @"|\b(Register|Unregister|Import|Remove|Set|New|Update|Enable|Disable|Start|Push|Pop)"
            + @"-(?!Nats|Item\b|Content\b|Variable\b|Object\b|Guid\b)"
            + @"|Nats(Key|Command)?Source|SessionState|PSDefaultParameterValues|(function|alias|env|variable|global):"
            + @"|\$Host|PSStyle|Culture|OutputEncoding",
        RegexOptions.IgnoreCase)]
    private static partial Regex Lasting();
}
