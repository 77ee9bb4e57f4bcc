using System.Security;
using NatsKeys.Shell.Hosting;

namespace NatsKeys.Tests.Hosting;

/// <summary>A terminal that keeps what is written and answers with what a test has laid ready; without an answer it is one that nobody sits at.</summary>
internal sealed class RecordingTerminal : Terminal, IDisposable
{
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };
    private readonly Queue<string> answers = new();

    internal override TextWriter Output => output;

    internal override TextWriter Error => error;

    internal override bool CanPrompt => answers.Count > 0;

    internal override bool HasColour => false;

    internal override bool ErrorHasColour => false;

    internal override int Width => Columns;

    internal override int Height => 50;

    internal int Columns { get; set; } = 120;

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    internal void Answer(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            answers.Enqueue(line);
        }
    }

    internal (string Output, string Error) Take()
    {
        (string, string) text = (output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        return text;
    }

    internal override string? ReadLine() => answers.TryDequeue(out string? answer) ? answer : null;

    internal override SecureString ReadSecret()
    {
        var secret = new SecureString();
        foreach (char c in ReadLine() ?? "")
        {
            secret.AppendChar(c);
        }

        return secret;
    }
}
