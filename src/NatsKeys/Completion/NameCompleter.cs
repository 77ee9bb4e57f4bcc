using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>The shape of the completers: they look into the store that the command line names, and never fail.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(Unquote(wordToComplete) + "*", WildcardOptions.IgnoreCase);
        try
        {
            NatsStore store = StoreOf(fakeBoundParameters);
            return [.. Candidates(store, fakeBoundParameters, plain: parameterName == "Name")
                .Where(candidate => pattern.IsMatch(candidate.Text))
                .Select(candidate => new CompletionResult(Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip))];
        }
        catch (Exception error) when (error is NatsKeysException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>What could be meant, with a word about each.</summary>
    /// <param name="store">The store.</param>
    /// <param name="bound">The other parameters of the command line.</param>
    /// <param name="plain">Whether the parameter takes plain names only, as those of entities that are looked for.</param>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, bool plain);

    /// <summary>The value of a parameter as text; null when it is not there.</summary>
    private protected static string? TextOf(IDictionary bound, string parameter) => bound.Contains(parameter) ? bound[parameter]?.ToString() : null;

    private static NatsStore StoreOf(IDictionary bound)
    {
        object? value = bound.Contains("Store") ? bound["Store"] : null;
        object? given = value is PSObject wrapped ? wrapped.BaseObject : value;
        return given switch
        {
            NatsStore store => store,
            string path => StoreRoots.Open(path),
            _ => StoreRoots.OpenDefault(),
        };
    }

    private static string Unquote(string word) => word.Trim('\'', '"');

    private static string Quote(string text) =>
        text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or '/') ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
