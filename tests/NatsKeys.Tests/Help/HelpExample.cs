using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

/// <summary>An example of a page.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The script.</param>
/// <param name="Remarks">What there is to say about it.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks)
{
    internal static HelpExample Of(MarkdownSection section) => new(
        section.Title,
        Assert.Single(section.Blocks, block => block.Kind == MarkdownBlockKind.Code).Text,
        [.. section.Blocks.Where(block => block.Kind != MarkdownBlockKind.Code).Select(block => block.Plain)]);

    /// <summary>Runs a script of the help as its reader would, in a session of its own.</summary>
    internal static void Try(string code)
    {
        using var session = new PowerShellSession();
        Try(code, session);
    }

    /// <summary>Runs a script of the help in a session that has what it needs.</summary>
    internal static void Try(string code, PowerShellSession session)
    {
        RunResult result = session.Run(code);

        Assert.True(result.Errors.Count == 0, string.Join('\n', result.Errors));

        // Nobody should learn from an example how to put a seed on the screen.
        Assert.DoesNotMatch(SeedText.Pattern(), result.AllText);
    }
}
