using System.Collections;
using System.Data;
using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A table row: an object with a property for each column.</summary>
public class RowArgument
{
    private const string Copied = "Deserialized.";
    private const int MostCells = 4;
    private const int MostLetters = 40;
    private readonly PSObject row;
    private readonly Dictionary<string, object?> read = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> hidden = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates the argument from a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">
    /// It is a value such as a number, or an object of this module, whose properties have other meanings.
    /// </exception>
    public RowArgument(object row)
        : this(row, takesObjects: false)
    {
    }

    /// <summary>Creates the argument from a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="takesObjects">
    /// Whether objects of this module are taken: items of accounts, whose properties are the columns of their table, and what the cmdlet refuses with
    /// an error that says what fits. What names an account is left to the parameter for it.
    /// </param>
    private protected RowArgument(object row, bool takesObjects) =>
        this.row = (row is PSObject wrapped ? wrapped.BaseObject : row) is var value
            && (value is (IConvertible and not string)
                || (value.GetType().Assembly == typeof(NatsStore).Assembly
                    && (!takesObjects || typeof(AccountArgument).GetConstructor([value.GetType()]) is not null)))
        ? throw new ArgumentException($"'{row}' is not a table row.")
        : PSObject.AsPSObject(row);

    /// <summary>The item of an account that the row was created from; null for other rows.</summary>
    internal AccountItem? Item => row.BaseObject as AccountItem;

    /// <summary>What the row is, if it is an object of this module that is no item of an account; null for others.</summary>
    internal string? Other => Item is null ? Misfit.Describe(row.BaseObject) : null;

    /// <summary>The text that the row was created from; null for other rows.</summary>
    internal string? Text => row.BaseObject as string;

    /// <summary>The kind of input, for messages. A text is not repeated, because it may be a seed.</summary>
    internal string Kind => row.BaseObject switch
    {
        string => "a text",
        PSCustomObject => row.Properties.Any() ? "a table row" : "an object without columns",
        var other => $"a {other.GetType().Name}",
    };

    /// <summary>Whether the input is a text, which is a name and not a row.</summary>
    internal bool IsText => row.BaseObject is string;

    /// <summary>The value of a column; null if there is none or the cell is empty.</summary>
    internal object? Cell(string column)
    {
        object? value = read.TryGetValue(column, out object? own) ? own : row.Properties[column]?.Value;
        return (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
        {
            null or DBNull => null,
            string text => string.IsNullOrWhiteSpace(text) ? null : text,
            ICollection { Count: 0 } => null,
            var other => other,
        };
    }

    /// <summary>Whether the row has a column, even if its cell is empty.</summary>
    internal bool Has(string column) => read.ContainsKey(column) || row.Properties[column] is not null;

    /// <summary>Adds a column with what another column says in other words, or in place of its text.</summary>
    internal void Read(string column, object? value) => read[column] = value;

    /// <summary>The value that was read from the text of a column; null if it was not read.</summary>
    internal object? ReadOf(string column) => read.GetValueOrDefault(column);

    /// <summary>Takes a column out of the list, because it says nothing more.</summary>
    internal void Hide(string column) => hidden.Add(column);

    /// <summary>The row for messages about what it lacks: its kind, and the cells by which a person finds it.</summary>
    internal string Describe()
    {
        string[] cells =
        [
            .. Columns().Select(column => (column.Name, Cell: Cell(column.Name)))
                .Where(column => column.Cell is not null)
                .Take(MostCells)
                .Select(column => $"{column.Name} = {Brief(InputFormatter.OfCell(column.Cell!))}"),
        ];
        return cells.Length == 0 ? $"{Kind} whose cells are all empty" : $"{Kind} ({string.Join(", ", cells)})";
    }

    /// <summary>The names of the columns, and whether each was chosen for a table. Other properties belong to the type of the object.</summary>
    internal IEnumerable<(string Name, bool IsOwn)> Columns() => OwnColumns().Where(column => !hidden.Contains(column.Name))
        .Concat(read.Keys.Where(column => row.Properties[column] is null).Select(column => (column, true)));

    private IEnumerable<(string Name, bool IsOwn)> OwnColumns() => row.BaseObject switch
    {
        string => [],
        DataRow record => ColumnsOf(record),
        DataRowView { Row: var record } => ColumnsOf(record),
        _ => ColumnsOf(row.Properties),
    };

    /// <summary>Whether the row is a deserialized copy of an object of another type, whose properties are all listed here.</summary>
    private bool IsCopy => row.TypeNames.FirstOrDefault() is { } type && type.StartsWith(Copied, StringComparison.Ordinal)
        && !type.EndsWith("." + nameof(PSCustomObject), StringComparison.Ordinal) && !type.StartsWith(Copied + "Selected.", StringComparison.Ordinal);

    private static string Brief(string cell) =>
        TextSanitizer.Clean(SecretShape.Mask(cell)) is var text && text.Length > MostLetters ? $"{text[..MostLetters]}…" : text;

    private static IEnumerable<(string Name, bool IsOwn)> ColumnsOf(DataRow record) =>
        record.Table.Columns.Cast<DataColumn>().Select(column => (column.ColumnName, true));

    private IEnumerable<(string Name, bool IsOwn)> ColumnsOf(IEnumerable<PSPropertyInfo> properties)
    {
        foreach (PSPropertyInfo property in properties)
        {
            yield return (property.Name, IsColumn(property));
        }
    }

    /// <summary>
    /// Whether a property was added to this object or declared in a script. Properties that PowerShell adds to files are not columns.
    /// </summary>
    private bool IsColumn(PSPropertyInfo property) => row.BaseObject switch
    {
        PSCustomObject => !IsCopy,
        FileSystemInfo => false,
        var other => (property.IsInstance && property.MemberType == PSMemberTypes.NoteProperty) || other.GetType().Assembly.IsDynamic,
    };
}
