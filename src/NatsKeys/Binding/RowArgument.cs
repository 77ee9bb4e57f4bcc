using System.Collections;
using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A row of a table: an object with a property for each column.</summary>
public sealed class RowArgument
{
    private readonly PSObject row;

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">It is a value such as a number, or something of NATS, whose properties mean something else.</exception>
    public RowArgument(object row) => this.row = (row is PSObject wrapped ? wrapped.BaseObject : row) is var value && (value is (IConvertible and not string) || value.GetType().Assembly == typeof(NatsStore).Assembly)
        ? throw new ArgumentException($"'{row}' is no row of a table.")
        : PSObject.AsPSObject(row);

    /// <summary>Whether it is a text and so no row at all. What the engine says of an argument that it cannot take repeats it, and the text may be a seed.</summary>
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
            var said => said,
        };
    }
}
