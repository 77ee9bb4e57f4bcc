using System.Collections;
using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>
/// Accepts objects, names, and table rows with a column <c>Name</c> that identify entities. Without this, PowerShell would bind the properties of an
/// object first, and mistake a user for another one of the same name.
/// </summary>
/// <param name="argument">The type of the parameter: an <see cref="IEntityArgument"/>, or an array of it.</param>
/// <param name="others">The types that other parameters of the cmdlet accept from the pipeline.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EntityNameAttribute(Type argument, params Type[] others) : PipelineInputAttribute
{
    private const string NameColumn = "Name";
    private readonly Type one = argument.GetElementType() ?? argument;

    /// <summary>The columns by which another parameter accepts a row.</summary>
    public string[] OtherColumns { get; set; } = [];

    private string Kind => IEntityArgument.KindOf(one);

    protected override object? Take(object? given, object? input)
    {
        if (input is null || argument.IsInstanceOfType(input) || Array.Exists(others, type => type.IsInstanceOfType(input))
            || IsOthers(given, input))
        {
            return given;
        }

        if (!argument.IsArray)
        {
            return Make(given);
        }

        object?[] items = input is IList list ? [.. list.Cast<object?>()] : [given];
        var arguments = Array.CreateInstance(one, items.Length);
        for (int index = 0; index < items.Length; index++)
        {
            RequireMeaning(items[index]);
            arguments.SetValue(Make(items[index]), index);
        }

        return arguments;
    }

    /// <summary>Whether a row has a column by which another parameter accepts it.</summary>
    private bool IsOthers(object? given, object input) =>
        OtherColumns.Length > 0 && input is not string && one.GetConstructor([input.GetType()]) is null
            && Array.Exists(OtherColumns, column => PSObject.AsPSObject(given).Properties[column] is not null);

    private object Make(object? item)
    {
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        return value switch
        {
            null => throw new ArgumentTransformationMetadataException($"The input is null and names no {Lower(Kind)}."),
            _ when one.IsInstanceOfType(value) => value,
            _ when one.GetConstructor([value.GetType()]) is not null => Construct(value),
            _ when InputFormatter.Of(value) is { } text => Construct(text),
            _ => OfRow(item!, value),
        };
    }

    /// <summary>
    /// Creates the argument from a row. A row without a name is an error: the only entity of a store must not be used in its place. If only its cell
    /// is empty, the cmdlet reports that, because its error can tell which row it is.
    /// </summary>
    private IEntityArgument OfRow(object item, object value)
    {
        if (value.GetType().Assembly == typeof(NatsStore).Assembly || value.GetType().Assembly == typeof(NatsKeysException).Assembly)
        {
            throw Misfit.NotOfKind(value, Kind);
        }

        var row = new RowArgument(item);
        object cell = row.Cell(NameColumn) ?? row.Cell(Kind)
            ?? (row.Has(NameColumn) || row.Has(Kind) ? "" : null)
            ?? throw new ArgumentTransformationMetadataException(
                $"The input is {row.Kind}. It names no {Lower(Kind)}: the column '{NameColumn}' is missing.");
        var named = (IEntityArgument)(one.GetConstructor([cell.GetType()]) is not null
            ? Construct(cell)
            : Construct(InputFormatter.OfCell(cell)));
        named.Row = row;
        return named;
    }

    private object Construct(object value) => IEntityArgument.Construct(one.GetConstructor([value.GetType()])!, value);

    private static string Lower(string kind) => ClaimNames.Fold(kind);
}
