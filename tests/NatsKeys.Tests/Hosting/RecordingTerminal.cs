using System.Security;
using NatsKeys.Shell.Hosting;

namespace NatsKeys.Tests.Hosting;

/// <summary>A terminal that keeps what is written and answers with what a test has laid ready; without an answer it is one that nobody sits at.</summary>
internal sealed class RecordingTerminal : Terminal, IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly Queue<string> _answers = new();

    internal override TextWriter Output => _output;

    internal override TextWriter Error => _error;

    internal override bool CanPrompt => _answers.Count > 0;

    internal override bool HasColour => false;

    internal override bool ErrorHasColour => false;

    internal override int Width => Columns;

    internal override int Height => 50;

    internal int Columns { get; set; } = 120;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    internal void Answer(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            _answers.Enqueue(line);
    }

    internal (string Output, string Error) Take()
    {
        (string, string) text = (_output.ToString().ReplaceLineEndings("\n"), _error.ToString().ReplaceLineEndings("\n"));
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        return text;
    }

    internal override string? ReadLine() => _answers.TryDequeue(out string? answer) ? answer : null;

    internal override SecureString ReadSecret()
    {
        var secret = new SecureString();
        foreach (char c in ReadLine() ?? "")
            secret.AppendChar(c);
        return secret;
    }
}
