using System.Collections;
using System.Data;
using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A row of a table: an object with a property for each column.</summary>
public sealed class RowArgument
{
    private const string Copied = "Deserialized.";
    private readonly PSObject row;

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">It is a value such as a number, or something of NATS, whose properties mean something else.</exception>
    public RowArgument(object row) =>
        this.row = (row is PSObject wrapped ? wrapped.BaseObject : row) is var value
            && (value is (IConvertible and not string) || value.GetType().Assembly == typeof(NatsStore).Assembly)
        ? throw new ArgumentException($"'{row}' is not a table row.")
        : PSObject.AsPSObject(row);

    /// <summary>What came, for messages. A text is not repeated, for it may be a seed.</summary>
    internal string Kind => row.BaseObject switch
    {
        string => "a text",
        PSCustomObject => "an object without columns",
        var other => $"a {other.GetType().Name}",
    };

    /// <summary>Whether a text came, which is a name and no row.</summary>
    internal bool IsText => row.BaseObject is string;

    /// <summary>What a column says; null where there is none, and for an empty cell.</summary>
    internal object? Cell(string column)
    {
        object? value = row.Properties[column]?.Value;
        return (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
        {
            null or DBNull => null,
            string text => string.IsNullOrWhiteSpace(text) ? null : text,
            ICollection { Count: 0 } => null,
            var other => other,
        };
    }

    /// <summary>
    /// The names of the columns, and whether somebody chose each for a table: the other properties come with the type of the object.
    /// </summary>
    internal IEnumerable<(string Name, bool IsOwn)> Columns() => row.BaseObject switch
    {
        string => [],
        DataRow record => ColumnsOf(record),
        DataRowView { Row: var record } => ColumnsOf(record),
        _ => row.Properties.Select(property => (property.Name, IsColumn(property))),
    };

    /// <summary>Whether another process had an object of a type of its own, whose properties are all written down here.</summary>
    private bool IsCopy => row.TypeNames.FirstOrDefault() is { } type && type.StartsWith(Copied, StringComparison.Ordinal)
        && !type.EndsWith("." + nameof(PSCustomObject), StringComparison.Ordinal) && !type.StartsWith(Copied + "Selected.", StringComparison.Ordinal);

    private static IEnumerable<(string Name, bool IsOwn)> ColumnsOf(DataRow record) =>
        record.Table.Columns.Cast<DataColumn>().Select(column => (column.ColumnName, true));

    /// <summary>
    /// Whether somebody gave the property to this one object, or declared its type in a script. What the engine notes on a file is neither.
    /// </summary>
    private bool IsColumn(PSPropertyInfo property) => row.BaseObject switch
    {
        PSCustomObject => !IsCopy,
        FileSystemInfo => false,
        var other => (property.IsInstance && property.MemberType == PSMemberTypes.NoteProperty) || other.GetType().Assembly.IsDynamic,
    };
}
