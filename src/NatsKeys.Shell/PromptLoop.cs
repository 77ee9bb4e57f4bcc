using System.Management.Automation.Language;
using System.Text;

namespace NatsKeys.Shell;

/// <summary>The interactive prompt.</summary>
internal sealed class PromptLoop(ShellSession session)
{
    /// <summary>Reads and runs until <c>exit</c> or the end of the input.</summary>
    internal void Run()
    {
        while (!session.ShouldExit && ReadStatement() is { } statement)
        {
            if (!string.IsNullOrWhiteSpace(statement))
            {
                session.RunCommand(statement);
            }
        }
    }

    private string? ReadStatement()
    {
        var text = new StringBuilder();
        session.Terminal.Output.Write(session.Evaluate("prompt"));
        while (session.Terminal.ReadLine() is { } line)
        {
            text.AppendLine(line);
            Parser.ParseInput(text.ToString(), out _, out ParseError[] errors);

            // An empty line ends a statement that stays incomplete, so that a stray bracket does not trap its writer.
            if (line.Length == 0 || !errors.Any(error => error.IncompleteInput))
            {
                return text.ToString();
            }

            session.Terminal.Output.Write(">> ");
        }

        session.Terminal.Output.WriteLine();
        return null;
    }
}
