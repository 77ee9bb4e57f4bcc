using System.Management.Automation.Host;

namespace NatsKeys.Shell.Hosting;

/// <summary>A choice with its hot key, which the label marks with an ampersand: <c>Yes to &amp;All</c>.</summary>
internal sealed class ChoiceLabel
{
    private readonly string text;
    private readonly string key;
    private readonly string help;

    /// <summary>Takes a choice apart.</summary>
    /// <param name="choice">The choice.</param>
    internal ChoiceLabel(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        text = choice.Label.Replace("&", "", StringComparison.Ordinal);
        key = mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1).ToUpperInvariant() : "";
        help = choice.HelpMessage;
    }

    /// <summary>Gets the line that explains the choice.</summary>
    internal string Help => $"{Name} - {help}";

    private string Name => key.Length > 0 ? key : text;

    /// <summary>Names the choice in the question.</summary>
    /// <param name="isDefault">Whether an empty answer means it.</param>
    /// <returns>The text.</returns>
    internal string Display(bool isDefault)
    {
        string shown = key.Length > 0 ? $"[{key}] {text}" : $"[{text}]";
        return isDefault ? shown + " (default)" : shown;
    }

    /// <summary>Tells whether an answer means this choice.</summary>
    /// <param name="answer">What was typed.</param>
    /// <returns>Whether it is the hot key or the whole label.</returns>
    internal bool IsMeantBy(string answer) =>
        answer.Length > 0 && (answer.Equals(key, StringComparison.OrdinalIgnoreCase) || answer.Equals(text, StringComparison.OrdinalIgnoreCase));
}
