using System.Globalization;
using System.Management.Automation;

namespace NatsKeys.Binding;

/// <summary>Converts pipeline values to text, independent of the culture.</summary>
internal static class InputFormatter
{
    /// <summary>The text of a string, a number or an enumeration; null for other values.</summary>
    /// <param name="item">The value.</param>
    public static string? Of(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        string text => text,
        decimal or Enum => OfCell(item!),
        { } value when value.GetType().IsPrimitive => OfCell(value),
        _ => null,
    };

    /// <summary>The text of a cell.</summary>
    /// <param name="cell">The value.</param>
    public static string OfCell(object cell) => Convert.ToString(cell, CultureInfo.InvariantCulture)!;
}
