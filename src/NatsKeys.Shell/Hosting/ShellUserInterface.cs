using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;

namespace NatsKeys.Shell.Hosting;

/// <summary>Writes what the engine has to show. The questions that it asks are in the other half of this class.</summary>
internal sealed partial class ShellUserInterface : PSHostUserInterface
{
    private readonly Terminal terminal;
    private readonly ProgressLine progress;
    private readonly Lock gate = new();

    /// <summary>Makes the interface of a terminal.</summary>
    /// <param name="terminal">The terminal.</param>
    internal ShellUserInterface(Terminal terminal)
    {
        this.terminal = terminal;
        progress = new ProgressLine(terminal);
        RawUI = new ShellRawUserInterface(terminal);
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; }

    /// <summary>Gets a value indicating whether the formatter may write colours, which it does all the same in the heads of tables.</summary>
    public override bool SupportsVirtualTerminal => terminal.HasColour;

    /// <summary>Gets or sets a value indicating whether what is written is the text of an error.</summary>
    internal bool OutputIsError { get; set; }

    /// <inheritdoc/>
    public override void Write(string value)
    {
        if (OutputIsError)
        {
            Write(terminal.Error, terminal.ErrorHasColour ? value : Plain(value));
        }
        else
        {
            Write(terminal.Output, terminal.HasColour ? value : Plain(value));
        }
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => Remark(value, AnsiColour.Red);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => Remark($"WARNING: {message}", AnsiColour.Yellow);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => Remark($"VERBOSE: {message}", AnsiColour.Yellow);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => Remark($"DEBUG: {message}", AnsiColour.Yellow);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (gate)
        {
            progress.Show(record);
        }
    }

    private static string Plain(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    private void Remark(string text, string colour)
    {
        // The formatter has coloured an error itself where output may have colours; where the two differ, plain text is what suits both.
        string plain = Plain(text);
        Write(terminal.Error, (terminal.ErrorHasColour ? colour + plain + AnsiColour.Reset : plain) + Environment.NewLine);
    }

    private void Write(TextWriter writer, string text)
    {
        lock (gate)
        {
            progress.Clear();
            writer.Write(text);
            writer.Flush();
        }
    }
}
