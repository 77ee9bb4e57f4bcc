using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

/// <summary>A script of the help.</summary>
internal static partial class HelpScript
{
    private const int Columns = 120;

    // Where the pages show files of a session.
    private const string Home = "/home/ann";

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

        // As much wider as the folder of the session has a longer name: then a table has as much room for paths as it has for the reader.
        session.Columns = Columns + Math.Max(0, session.Folder.Length - Home.Length);
        string text = AtHome(string.Join('\n', Commands(example.Code).Select(command => session.RunText(command))), session.Folder);
        Assert.DoesNotMatch(SeedText.Pattern(), text);
        Assert.Equal(Lasting(example.Output), Lasting(text));
    }

    /// <summary>Shows the folder of a session as that of the reader. The last column of a table may break the name of the longer one.</summary>
    private static string AtHome(string text, string folder)
    {
        string letters = string.Join("(?:\\n *)?", folder.Select(letter => Regex.Escape($"{letter}")));
        return Regex.Replace(text, $@"{letters}([/\\]\n *)?", name => Home + (name.Groups[1].Success ? "/" : ""));
    }

    /// <summary>The commands of a script as somebody types them: each prints in its own view. Those of one line are typed together.</summary>
    private static IEnumerable<string> Commands(string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return script.EndBlock.Statements
            .GroupBy(statement => statement.Extent.StartLineNumber)
            .Select(line => string.Join("; ", line.Select(statement => statement.Extent.Text)));
    }

    private static void Run(string code, PowerShellSession session)
    {
        // Variables of the environment belong to the process: whoever sets them waits until all others are done.
        RunResult result = session.Run(code.Replace("$env:NATSKEYS_", "$lent.NATSKEYS_", StringComparison.OrdinalIgnoreCase));

        Assert.True(result.Errors.Count == 0, string.Join('\n', result.Errors));

        // Nobody should learn from an example how to put a seed on the screen.
        Assert.DoesNotMatch(SeedText.Pattern(), result.AllText);
    }

    /// <summary>
    /// What is the same in every run: all but keys, times, versions of servers, how a system writes paths, the space between columns, and the order
    /// of lines, which keys may decide.
    /// </summary>
    private static string Lasting(string output)
    {
        string same = KeyFolder().Replace(Key().Replace(output.Replace('\\', '/'), "KEY"), "KEY");
        same = Bytes().Replace(Address().Replace(same, "ADDRESS"), "BYTES");
        same = Rule().Replace(Version().Replace(Time().Replace(same, "TIME"), "VERSION"), "-");
        return string.Join('\n',
            same.Split('\n').Select(line => Space().Replace(line, " ").Trim()).Where(line => line.Length > 0).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\b[A-Z][A-Z2-7]{3,55}(…|\.\.\.|\b)(?<=[A-Z2-7]{56}|…|\.\.\.)")]
    private static partial Regex Key();

    /// <summary>Where a server of a test listens.</summary>
    [GeneratedRegex(@"\b127\.0\.0\.1:\d+\b")]
    private static partial Regex Address();

    /// <summary>Digests and signatures, whole or cut.</summary>
    [GeneratedRegex(@"\b[0-9a-f]{64}\b|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])")]
    private static partial Regex Bytes();

    /// <summary>The folders in which a key lies, by its first letters.</summary>
    [GeneratedRegex(@"(?<=/keys/)[A-Z]/[A-Z2-7]{2}(?=/)")]
    private static partial Regex KeyFolder();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?Z?)?|\b\d\d:\d\d:\d\d\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b\d+\.\d+\.\d+\b(?!\.)")]
    private static partial Regex Version();

    [GeneratedRegex("-{2,}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
