using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace NatsKeys.Completion;

/// <summary>
/// The base class of all completers. They return the words that begin, or whose last part begins, with the typed text, ignoring case. They never
/// fail.
/// </summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Command = commandName;

        // An empty result makes PowerShell complete file names.
        if (MayBePath && IsPathLike(Unquote(wordToComplete)))
        {
            return null!;
        }

        var pattern = WildcardPattern.Get(Escape(Unquote(wordToComplete)) + "*", WildcardOptions.IgnoreCase);
        try
        {
            return
            [
                .. Words(WithPiped(fakeBoundParameters, commandAst), parameterName)
                    .Where(candidate =>
                        pattern.IsMatch(candidate.Text) || pattern.IsMatch(candidate.Text[(candidate.Text.LastIndexOf('/') + 1)..]))
                    .Take(Most)
                    .Select(candidate => new CompletionResult(
                        Quote(candidate.Text),
                        TextSanitizer.Clean(candidate.Text),
                        CompletionResultType.ParameterValue,
                        TextSanitizer.Clean(candidate.ToolTip))),
                .. Others(wordToComplete),
            ];
        }
        catch (Exception error) when (error is NatsKeysException or IOException or UnauthorizedAccessException or RuntimeException)
        {
            return [];
        }
    }

    /// <summary>The cmdlet on the command line. The engine makes a completer for each call.</summary>
    private protected string Command { get; private set; } = "";

    /// <summary>Whether the parameter also accepts the path of a file.</summary>
    private protected virtual bool MayBePath => false;

    /// <summary>The maximum number of words.</summary>
    private protected virtual int Most => int.MaxValue;

    /// <summary>The possible words, each with a short description.</summary>
    /// <param name="bound">The other parameters of the command line.</param>
    /// <param name="parameter">The name of the parameter that is completed.</param>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter);

    /// <summary>Returns other completions of a word.</summary>
    private protected virtual IEnumerable<CompletionResult> Others(string word) => [];

    /// <summary>
    /// The parameters with the account or operator that comes from the pipeline, if the command line names it: <c>Get-NatsAccount A | …</c>.
    /// </summary>
    private static IDictionary WithPiped(IDictionary bound, CommandAst command)
    {
        if (command.Parent is not PipelineAst pipeline || pipeline.PipelineElements.IndexOf(command) is not (> 0 and var index)
            || pipeline.PipelineElements[index - 1] is not CommandAst source || NameIn(source) is not { } name
            || WildcardPattern.ContainsWildcardCharacters(name))
        {
            return bound;
        }

        string? kind = source.GetCommandName() switch
        {
            { } get when get.Equals("Get-NatsAccount", StringComparison.OrdinalIgnoreCase) => "Account",
            { } get when get.Equals("Get-NatsOperator", StringComparison.OrdinalIgnoreCase) => "Operator",
            _ => null,
        };
        return kind is null || bound.Contains(kind) ? bound : new Hashtable(bound, StringComparer.OrdinalIgnoreCase) { [kind] = name };
    }

    /// <summary>The only name on a command line, alone or behind its parameter; null if there is none, or more than that.</summary>
    private static string? NameIn(CommandAst command) => command.CommandElements switch
    {
        [_, StringConstantExpressionAst name] => name.Value,
        [_, CommandParameterAst { Argument: null } parameter, StringConstantExpressionAst name]
            when parameter.ParameterName.Equals("Name", StringComparison.OrdinalIgnoreCase) => name.Value,
        _ => null,
    };

    private static bool IsPathLike(string word) =>
        word.StartsWith('.') || word.StartsWith('~') || word.StartsWith('/') || word.Contains('\\', StringComparison.Ordinal);

    private static string Unquote(string word) => word.Trim('\'', '"');

    // An asterisk or a question mark is a wildcard. A bracket is part of a name, and the closing one may not be typed yet.
    private static string Escape(string word) =>
        word.Replace("`", "``", StringComparison.Ordinal).Replace("[", "`[", StringComparison.Ordinal).Replace("]", "`]", StringComparison.Ordinal);

    private static string Quote(string text) =>
        !TextSanitizer.IsVisible(text) ? $"\"{string.Concat(text.EnumerateRunes().Select(Spell))}\""
        : text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or ':') ? text
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    /// <summary>
    /// Writes a character in double quotes. An invisible character is written as an escape sequence, which PowerShell reads as the same character.
    /// </summary>
    private static string Spell(Rune rune) =>
        !TextSanitizer.IsVisible(rune.ToString()) ? $"`u{{{rune.Value:x}}}"
        : rune.Value is '"' or '`' or '$' or '\u201c' or '\u201d' or '\u201e' ? $"`{rune}"
        : rune.ToString();
}
