using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;

namespace NatsKeys.Shell;

/// <summary>Turns a script's path and the words behind it into a call of the script.</summary>
internal static partial class ScriptCall
{
    /// <summary>Adds the call. Only names of parameters become text of the call; every value is passed beside it and never parsed.</summary>
    /// <param name="shell">What runs the call.</param>
    /// <param name="path">The full path of the script.</param>
    /// <param name="words"><c>-Name value</c>, <c>-Name:value</c>, <c>-Switch</c>, <c>-Switch:$false</c> or positional values.</param>
    internal static void AddTo(PowerShell shell, string path, IReadOnlyList<string> words)
    {
        var text = new StringBuilder(". $args[0]");
        var values = new List<object> { path };
        foreach (string word in words)
        {
            Match parameter = ParameterName().Match(word);
            text.Append(' ').Append(parameter.Value);
            if (parameter.Length == word.Length)
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"$args[{values.Count}]");
            values.Add(parameter.Success ? Value(word[parameter.Length..]) : word);
        }

        shell.AddScript(text.ToString(), useLocalScope: false);
        foreach (object value in values)
        {
            shell.AddArgument(value);
        }
    }

    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };

    // A whole word '-Name', or the '-Name:' before a value.
    [GeneratedRegex(@"^-[\p{L}_]\w*(:|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
