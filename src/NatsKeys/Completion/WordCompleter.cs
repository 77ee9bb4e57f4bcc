using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace NatsKeys.Completion;

/// <summary>
/// The shape of the completers: they give what begins as the word does, or whose last part does, whatever its case, and never fail.
/// </summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // Without an answer the engine completes the names of files.
        if (MayBePath && IsPathLike(Unquote(wordToComplete)))
        {
            return null!;
        }

        var pattern = WildcardPattern.Get(Escape(Unquote(wordToComplete)) + "*", WildcardOptions.IgnoreCase);
        try
        {
            return
            [
                .. Words(fakeBoundParameters, parameterName)
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

    /// <summary>Whether the parameter takes the path of a file as well.</summary>
    private protected virtual bool MayBePath => false;

    /// <summary>How many words are given at most.</summary>
    private protected virtual int Most => int.MaxValue;

    /// <summary>What could be meant, with a word about each.</summary>
    /// <param name="bound">The other parameters of the command line.</param>
    /// <param name="parameter">The name of the parameter that is completed.</param>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter);

    /// <summary>What else could be meant by a word.</summary>
    private protected virtual IEnumerable<CompletionResult> Others(string word) => [];

    private static bool IsPathLike(string word) =>
        word.StartsWith('.') || word.StartsWith('~') || word.StartsWith('/') || word.Contains('\\', StringComparison.Ordinal);

    private static string Unquote(string word) => word.Trim('\'', '"');

    // An asterisk or a question mark is the user's wildcard. A bracket is part of a name, and its partner may not be typed yet.
    private static string Escape(string word) =>
        word.Replace("`", "``", StringComparison.Ordinal).Replace("[", "`[", StringComparison.Ordinal).Replace("]", "`]", StringComparison.Ordinal);

    private static string Quote(string text) =>
        !TextSanitizer.IsVisible(text) ? $"\"{string.Concat(text.EnumerateRunes().Select(Spell))}\""
        : text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or ':') ? text
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    /// <summary>A character between double quotes. One that nobody sees is spelled out, and is the same to PowerShell.</summary>
    private static string Spell(Rune rune) =>
        !TextSanitizer.IsVisible(rune.ToString()) ? $"`u{{{rune.Value:x}}}"
        : rune.Value is '"' or '`' or '$' or '\u201c' or '\u201d' or '\u201e' ? $"`{rune}"
        : rune.ToString();
}
