using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace NatsKeys.Binding;

/// <summary>
/// Reads cells of tables as the engine reads parameters. The engine would pass over a cell that it cannot read, and the item would be made without
/// what the cell wants: here that is an error of the item.
/// </summary>
internal static class RowCell
{
    private static readonly char[] Separators = [',', ';'];

    /// <summary>What a cell says for a parameter.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: the parameter does not take that.</exception>
    public static object Read(object cell, PropertyInfo parameter)
    {
        try
        {
            object value = Convert(cell, parameter.PropertyType);

            // A variable with the parameter's attributes takes what the parameter would take.
            _ = new PSVariable(
                parameter.Name,
                value,
                ScopedItemOptions.None,
                new Collection<Attribute>([.. parameter.GetCustomAttributes<ValidateArgumentsAttribute>()]));
            return value;
        }
        catch (Exception error) when (error is PSInvalidCastException or ValidationMetadataException)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The column '{parameter.Name}' says '{Show(cell)}', which is not a valid value for -{parameter.Name}. Nothing was signed.",
                error);
        }
    }

    private static object Convert(object cell, Type type)
    {
        if (type == typeof(SwitchParameter))
        {
            return new SwitchParameter(
                cell is SwitchParameter on
                    ? on
                    : cell as bool? ?? (bool.TryParse(cell as string, out bool parsed) ? parsed : throw new PSInvalidCastException()));
        }

        if (type == typeof(string[]) && cell is string several)
        {
            return several.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        return LanguagePrimitives.ConvertTo(cell, type, CultureInfo.InvariantCulture);
    }

    private static string Show(object cell) =>
        cell is IEnumerable and not string ? string.Join(", ", ((IEnumerable)cell).Cast<object>()) : cell.ToString()!;
}
