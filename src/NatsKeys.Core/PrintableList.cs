using System.Collections.ObjectModel;

namespace NatsKeys;

/// <summary>A list that shows its items as text, for example in a cell of a CSV file or below the last level of a JSON document.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="items">The list that is shown; what changes in it changes here.</param>
public sealed class PrintableList<T>(IEnumerable<T> items) : ReadOnlyCollection<T>(items as IList<T> ?? [.. items])
{
    /// <summary>All of it, in one line.</summary>
    public override string ToString() => TextSanitizer.Clean(string.Join(", ", this));
}
