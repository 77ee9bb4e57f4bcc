using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;
using System.Text;

namespace NatsKeys.Tests.Hosting;

/// <summary>
/// Keeps what is written, without colours, and answers questions. A question without an answer is an error, as it is where nobody sits.
/// </summary>
internal sealed class RecordingUserInterface : PSHostUserInterface
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder remarks = new();
    private readonly Queue<string> answers = new();
    private readonly RecordingRawUserInterface raw = new();

    public override PSHostRawUserInterface RawUI => raw;

    /// <summary>Gets or sets the width of what is written.</summary>
    internal int Columns
    {
        get => raw.Columns;
        set => raw.Columns = value;
    }

    public override void Write(string value) => output.Append(Plain(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => Remark(value);

    public override void WriteWarningLine(string message) => Remark($"WARNING: {message}");

    public override void WriteVerboseLine(string message) => Remark($"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => Remark($"DEBUG: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // Tests look at the stream.
    }

    public override string ReadLine() => answers.TryDequeue(out string? answer)
        ? answer
        : throw new HostException("Nobody answers: input is redirected.", innerException: null, "InputRedirected", ErrorCategory.ResourceUnavailable);

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (char c in ReadLine())
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        descriptions.ToDictionary(field => field.Name, _ => PSObject.AsPSObject(ReadLine()));

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteLine(caption);
        WriteLine(message);
        string answer = ReadLine();
        return answer.Length == 0 ? defaultChoice
            : choices.IndexOf(choices.Single(choice => choice.Label.Contains($"&{answer}", StringComparison.OrdinalIgnoreCase)));
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new PSNotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        throw new PSNotSupportedException();

    /// <summary>Becomes as it was made.</summary>
    internal void Reset()
    {
        output.Clear();
        remarks.Clear();
        answers.Clear();
        Columns = RecordingRawUserInterface.DefaultColumns;
    }

    /// <summary>Lays answers ready for the next questions.</summary>
    internal void Answer(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            answers.Enqueue(line);
        }
    }

    /// <summary>Takes what was written since the last time: output, and behind it errors, warnings and other remarks.</summary>
    internal string Take()
    {
        string text = $"{output}{remarks}".ReplaceLineEndings("\n");
        output.Clear();
        remarks.Clear();
        return text;
    }

    private static string Plain(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    private void Remark(string text) => remarks.Append(Plain(text)).Append('\n');
}
