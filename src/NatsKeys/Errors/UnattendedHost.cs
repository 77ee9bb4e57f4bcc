using System.Management.Automation;
using System.Management.Automation.Host;
using NatsKeys.Commands;
using NatsKeys.Pipeline;

namespace NatsKeys.Errors;

/// <summary>Recognizes a host without an interactive user.</summary>
internal static class UnattendedHost
{
    // The host of pwsh, which writes a question before it finds that its redirected input has ended, and then fails with a null reference.
    private const string ConsoleHost = "ConsoleHost";

    private static readonly TimeSpan LongestPeek = TimeSpan.FromSeconds(1);

    /// <summary>Whether an error means that the user cannot be prompted.</summary>
    public static bool IsCauseOf(Exception error) => error is HostException or PSInvalidOperationException or NotImplementedException;

    /// <summary>Whether the host is that of pwsh.</summary>
    public static bool IsConsole(PSHost host) => host.Name == ConsoleHost;

    /// <summary>Whether the host reads answers from a file or another program.</summary>
    public static bool IsRedirected(PSHost host) => IsConsole(host) && Console.IsInputRedirected;

    /// <summary>Asks for the confirmation of a change. The engine's own error does not say which change it is, nor what helps.</summary>
    /// <param name="cmdlet">The running cmdlet.</param>
    /// <param name="ask">Asks, and returns whether the user agreed.</param>
    /// <param name="change">The change, for the error.</param>
    /// <param name="isCertain">Whether the question is asked in any case; otherwise the preferences of the session decide.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NotConfirmed"/>: the user cannot be prompted.</exception>
    public static bool Confirms(NatsCmdlet cmdlet, Func<bool> ask, string change, bool isCertain = false)
    {
        // After an answer for all, no more questions come. So only the first one is kept away from an input that has ended.
        if (!cmdlet.WasAsked && (isCertain || WillAsk(cmdlet)))
        {
            cmdlet.WasAsked = HasInput(cmdlet.Host) ? true : throw Refusal(change);
        }

        try
        {
            return ask();
        }
        catch (Exception error) when (IsCauseOf(error) || error is NullReferenceException)
        {
            throw Refusal(change);
        }
    }

    private static AdvisedException Refusal(string change) => new(
        ErrorCode.NotConfirmed,
        $"This session is not interactive, so nobody can confirm this: {change.Split('\n')[0].TrimEnd('.', '?')}. It was not done. "
            + "Use -Confirm:$false to confirm it.");

    /// <summary>Whether the engine asks before a change, as it decides itself.</summary>
    private static bool WillAsk(NatsCmdlet cmdlet)
    {
        if (StoreChanges.IsWhatIf(cmdlet))
        {
            return false;
        }

        if (cmdlet.MyInvocation.BoundParameters.TryGetValue("Confirm", out object? typed))
        {
            return LanguagePrimitives.IsTrue(typed);
        }

        ConfirmImpact lowest = StoreChanges.PreferenceOf(cmdlet);
        var shape = (CmdletAttribute?)Attribute.GetCustomAttribute(cmdlet.GetType(), typeof(CmdletAttribute));
        return lowest != ConfirmImpact.None && shape?.ConfirmImpact >= lowest;
    }

    /// <summary>Whether an answer can come. An input that stays open without a text counts: another program may wait for the question.</summary>
    private static bool HasInput(PSHost host)
    {
        if (!IsRedirected(host))
        {
            return true;
        }

        Task<int> next = Task.Run(Console.In.Peek);
        return !next.Wait(LongestPeek) || next.Result >= 0;
    }
}
