using System.Collections;

namespace NatsKeys.Claims;

/// <summary>Claims by name, in the order of the names' bytes, as they are written.</summary>
/// <typeparam name="T">What stands behind a name.</typeparam>
public sealed class ClaimTable<T>() : SortedDictionary<string, T>(Utf8Order.Instance)
{
    /// <summary>All of it, in one line.</summary>
    public override string ToString() => string.Join(", ", this.Select(entry => $"{entry.Key}: {Text(entry.Value)}"));

    private static string? Text(T value) => value is IEnumerable values and not string ? $"[{string.Join(", ", values.Cast<object>())}]" : value?.ToString();
}
