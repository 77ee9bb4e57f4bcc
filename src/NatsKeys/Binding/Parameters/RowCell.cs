using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>
/// Converts table cells as PowerShell converts parameters. PowerShell would ignore a cell that it cannot convert, and the item would be created
/// without the value. Here that is an error of the item.
/// </summary>
internal static class RowCell
{
    private static readonly char[] Separators = [',', ';'];

    /// <summary>Converts a cell to the type of a parameter.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: the parameter does not accept the value.</exception>
    public static object Read(object cell, PropertyInfo parameter)
    {
        try
        {
            object value = Convert(cell, parameter.PropertyType);

            // A variable with the attributes of the parameter validates the value.
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
                $"The value '{SecretShape.Mask(Show(cell))}' of the column '{parameter.Name}' is not valid for -{parameter.Name}."
                    + $"{Expected(parameter)} Nothing was signed.",
                error);
        }
    }

    /// <summary>Whether a cell is a value, as tables write it.</summary>
    public static bool IsSame(object cell, object? value)
    {
        string text = Texts(cell)[0];
        return Texts(value).Contains(text)
            || (value is DateTimeOffset date
                && Array.Exists([CultureInfo.CurrentCulture, CultureInfo.InvariantCulture], culture => IsAt(text, culture, date)));

        static bool IsAt(string text, CultureInfo culture, DateTimeOffset date) =>
            DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read)
            && read.ToUnixTimeSeconds() == date.ToUnixTimeSeconds();
    }

    /// <summary>The texts that a value may have in a table: PowerShell joins lists with spaces, and they themselves with commas.</summary>
    private static string[] Texts(object? value) => value is IEnumerable and not string
        ? [string.Join(' ', ((IEnumerable)value).Cast<object>()), string.Join(", ", ((IEnumerable)value).Cast<object>())]
        : [System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", System.Convert.ToString(value, CultureInfo.CurrentCulture) ?? ""];

    /// <summary>What the parameter accepts, as a sentence.</summary>
    private static string Expected(PropertyInfo parameter)
    {
        if (parameter.PropertyType == typeof(SwitchParameter))
        {
            return " Use True or False.";
        }

        if (parameter.GetCustomAttribute<ValidateSetAttribute>() is { } set)
        {
            return $" Use {string.Join(", ", set.ValidValues.Where(value => value.Length > 0))}.";
        }

        if (parameter.GetCustomAttribute<ValidateRangeAttribute>() is { } range)
        {
            return $" Use a whole number from {range.MinRange}{(range.MaxRange is int.MaxValue ? "" : $" to {range.MaxRange}")}.";
        }

        return parameter.GetCustomAttributes().OfType<IExplainsValues>().FirstOrDefault() is { } own ? $" {own.Accepted}" : "";
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
