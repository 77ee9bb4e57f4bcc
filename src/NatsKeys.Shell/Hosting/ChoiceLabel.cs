using System.Management.Automation.Host;

namespace NatsKeys.Shell.Hosting;

/// <summary>A choice with its hot key, which the label marks with an ampersand: <c>Yes to &amp;All</c>.</summary>
internal sealed class ChoiceLabel
{
    private readonly string _text;
    private readonly string _key;
    private readonly string _help;

    /// <summary>Takes a choice apart.</summary>
    /// <param name="choice">The choice.</param>
    internal ChoiceLabel(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        _text = choice.Label.Replace("&", "", StringComparison.Ordinal);
        _key = mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1).ToUpperInvariant() : "";
        _help = choice.HelpMessage;
    }

    /// <summary>Gets the line that explains the choice.</summary>
    internal string Help => $"{Name} - {_help}";

    private string Name => _key.Length > 0 ? _key : _text;

    /// <summary>Names the choice in the question.</summary>
    /// <param name="isDefault">Whether an empty answer means it.</param>
    /// <returns>The text.</returns>
    internal string Display(bool isDefault)
    {
        string text = _key.Length > 0 ? $"[{_key}] {_text}" : $"[{_text}]";
        return isDefault ? text + " (default)" : text;
    }

    /// <summary>Tells whether an answer means this choice.</summary>
    /// <param name="answer">What was typed.</param>
    /// <returns>Whether it is the hot key or the whole label.</returns>
    internal bool IsMeantBy(string answer) =>
        answer.Length > 0 && (answer.Equals(_key, StringComparison.OrdinalIgnoreCase) || answer.Equals(_text, StringComparison.OrdinalIgnoreCase));
}
