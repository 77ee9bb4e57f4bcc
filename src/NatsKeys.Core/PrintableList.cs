using System.Collections.ObjectModel;

namespace NatsKeys;

/// <summary>A list that shows its items as text, for example in a cell of a CSV file or below the last level of a JSON document.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="items">The items. If they are a list, later changes of it are visible.</param>
public sealed class PrintableList<T>(IEnumerable<T> items) : ReadOnlyCollection<T>(items as IList<T> ?? [.. items])
{
    /// <summary>Returns all items, in one line.</summary>
    public override string ToString() => TextSanitizer.Clean(string.Join(", ", this));
}
