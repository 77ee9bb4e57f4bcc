using System.Globalization;
using System.Management.Automation;

namespace NatsKeys.Binding;

/// <summary>The text of values that come from the pipeline, whatever the culture.</summary>
internal static class InputText
{
    /// <summary>The text of a text, a number or an enumeration; null for any other value.</summary>
    /// <param name="item">The value.</param>
    public static string? Of(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        string text => text,
        decimal or Enum => OfCell(item!),
        { } value when value.GetType().IsPrimitive => OfCell(value),
        _ => null,
    };

    /// <summary>The text of a value in a row.</summary>
    /// <param name="cell">The value.</param>
    public static string OfCell(object cell) => Convert.ToString(cell, CultureInfo.InvariantCulture)!;
}
