using System.Collections;
using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>
/// Refuses objects that no pipeline parameter can accept, with an error that describes them. PowerShell's own error does not say what the input was.
/// If another parameter accepts any object, PowerShell would ignore the input and use a default.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class PipelineInputAttribute : ArgumentTransformationAttribute
{
    private const string Copied = "Deserialized.NatsKeys.";

    /// <summary>Whether the parameter accepts dictionaries and values. Deserialized copies are never accepted.</summary>
    public bool TakesValues { get; set; }

    /// <summary>Whether the parameter takes one value. The engine's error about a list does not say so.</summary>
    public bool IsOne { get; set; }

    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        RequireMeaning(inputData);
        if (IsOne && (inputData is PSObject list ? list.BaseObject : inputData) is ICollection { Count: > 1 } several and not IDictionary)
        {
            throw new ArgumentTransformationMetadataException(
                $"This parameter takes one value, and {several.Count} were specified. To use each of them, pipe them to the cmdlet, or pipe table "
                    + "rows.");
        }

        return Take(inputData, inputData is PSObject wrapped ? wrapped.BaseObject : inputData);
    }

    /// <summary>Refuses deserialized copies, and values that the parameter does not accept.</summary>
    protected void RequireMeaning(object? inputData)
    {
        if (inputData is PSObject { BaseObject: PSCustomObject } bag
            && bag.TypeNames.FirstOrDefault(name => name.StartsWith(Copied, StringComparison.Ordinal)) is { } type)
        {
            string kind = type[(type.LastIndexOf('.') + 1)..];
            throw new ArgumentTransformationMetadataException(
                $"The input is a copy of a {kind} ({SecretShape.Mask(bag.ToString())}), from Clixml, a job or a remote session. A copy has no "
                    + "store. Get the object from its store, or specify its name.");
        }

        if (inputData is PSObject { BaseObject: PSCustomObject } row)
        {
            RequireColumns(row);
        }

        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (!TakesValues && IsValue(input))
        {
            throw new ArgumentTransformationMetadataException(
                $"The input is a {input!.GetType().Name} ('{input}'). This parameter does not accept it.");
        }
    }

    /// <summary>Refuses the row of a table whose columns were read as one: spreadsheets of many languages write semicolons for commas.</summary>
    private static void RequireColumns(PSObject row)
    {
        if (row.Properties.Take(2).ToArray() is not [{ Name: var only }])
        {
            return;
        }

        (string Separators, string Delimiter)? separated = only.Contains(';', StringComparison.Ordinal) ? ("semicolons", "';'")
            : only.Contains('\t', StringComparison.Ordinal) ? ("tabs", "\"`t\"")
            : null;
        if (separated is { } found)
        {
            throw new ArgumentTransformationMetadataException(
                $"The table has one column, '{TextSanitizer.Clean(SecretShape.Mask(only))}', and seems to be separated by {found.Separators}. Read "
                    + $"it with Import-Csv -Delimiter {found.Delimiter}.");
        }
    }

    /// <summary>Converts the input to the argument if PowerShell would not.</summary>
    /// <param name="given">The input.</param>
    /// <param name="input">The input without its wrapper.</param>
    protected virtual object? Take(object? given, object? input) => given;

    /// <summary>
    /// Whether the input is a value or a dictionary, which is neither a name nor an object with meaningful properties. PowerShell converts numbers to
    /// names.
    /// </summary>
    private static bool IsValue(object? input) =>
        input is DBNull or bool or IDictionary or Version
            || (input is ValueType and not Enum && !input.GetType().IsPrimitive && input is not decimal);
}
