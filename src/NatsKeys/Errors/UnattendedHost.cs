using System.Management.Automation;
using System.Management.Automation.Host;

namespace NatsKeys.Errors;

/// <summary>Recognizes a host without an interactive user.</summary>
internal static class UnattendedHost
{
    /// <summary>Whether an error means that the user cannot be prompted.</summary>
    public static bool IsCauseOf(Exception error) => error is HostException or PSInvalidOperationException or NotImplementedException;

    /// <summary>Asks for the confirmation of a change. The engine's own error does not say which change it is, nor what helps.</summary>
    /// <param name="ask">Asks, and returns whether the user agreed.</param>
    /// <param name="change">The change, for the error.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NotConfirmed"/>: the user cannot be prompted.</exception>
    public static bool Confirms(Func<bool> ask, string change)
    {
        try
        {
            return ask();
        }
        catch (Exception error) when (IsCauseOf(error) || error is NullReferenceException)
        {
            // The host of pwsh fails with a null reference when its redirected input has ended.
            throw new AdvisedException(
                ErrorCode.NotConfirmed,
                $"This session is not interactive, so nobody can confirm this: {change.Split('\n')[0].TrimEnd('.', '?')}. It was not done. "
                    + "Use -Confirm:$false to confirm it.");
        }
    }
}
