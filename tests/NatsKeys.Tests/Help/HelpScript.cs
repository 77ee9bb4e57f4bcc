using System.Text.RegularExpressions;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

/// <summary>A script of the help.</summary>
internal static partial class HelpScript
{
    private const int Columns = 120;

    /// <summary>Runs it as its reader would, in a session of its own and with a store that is there.</summary>
    internal static void Try(string code)
    {
        using var session = new PowerShellSession();
        session.Run("New-NatsStore $storeRoot | Out-Null");
        Run(code, session);
    }

    /// <summary>Runs an example of a page after what the page sets up for it, with a store that is there.</summary>
    internal static void Try(HelpPage page, HelpExample example)
    {
        using var session = new PowerShellSession();
        session.Run("New-NatsStore $storeRoot | Out-Null");
        Try(page, example, session);
    }

    /// <summary>Runs an example of a page after what the page sets up for it, in a session that has what both need.</summary>
    internal static void Try(HelpPage page, HelpExample example, PowerShellSession session)
    {
        Run(page.Setup, session);
        Run(example.Setup, session);
        if (example.Output.Length == 0)
        {
            Run(example.Code, session);
            return;
        }

        session.Columns = Columns;
        string text = session.RunText(example.Code);
        Assert.DoesNotMatch(SeedText.Pattern(), text);
        Assert.Equal(Lasting(example.Output), Lasting(text));
    }

    private static void Run(string code, PowerShellSession session)
    {
        RunResult result = session.Run(code);

        Assert.True(result.Errors.Count == 0, string.Join('\n', result.Errors));

        // Nobody should learn from an example how to put a seed on the screen.
        Assert.DoesNotMatch(SeedText.Pattern(), result.AllText);
    }

    /// <summary>
    /// What is the same in every run: all but keys, times, the space between columns, and the order of lines, which keys may decide.
    /// </summary>
    private static string Lasting(string output)
    {
        string same = Rule().Replace(Time().Replace(Key().Replace(output, "KEY"), "TIME"), "-");
        return string.Join('\n',
            same.Split('\n').Select(line => Space().Replace(line, " ").Trim()).Where(line => line.Length > 0).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\b[A-Z][A-Z2-7]{3,55}(…|\.\.\.|\b)(?<=[A-Z2-7]{56}|…|\.\.\.)")]
    private static partial Regex Key();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?Z?)?")]
    private static partial Regex Time();

    [GeneratedRegex("-{2,}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
