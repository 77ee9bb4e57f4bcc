using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

/// <summary>A script of the help.</summary>
internal static class HelpScript
{
    /// <summary>Runs it as its reader would, in a session of its own and with a store that is there.</summary>
    internal static void Try(string code)
    {
        using var session = new PowerShellSession();
        session.Run("New-NatsStore $storeRoot | Out-Null");
        Try(code, session);
    }

    /// <summary>Runs it in a session that has what it needs.</summary>
    internal static void Try(string code, PowerShellSession session)
    {
        RunResult result = session.Run(code);

        Assert.True(result.Errors.Count == 0, string.Join('\n', result.Errors));

        // Nobody should learn from an example how to put a seed on the screen.
        Assert.DoesNotMatch(SeedText.Pattern(), result.AllText);
    }
}
