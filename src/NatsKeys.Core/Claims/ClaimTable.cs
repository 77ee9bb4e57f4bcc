using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NatsKeys.Claims;

/// <summary>
/// Claims by name, sorted by the bytes of the names as in tokens. It can be changed until it is shared, for example in an entity of a store.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
#pragma warning disable CA1710 // Its name is that of what it holds, as everywhere among the claims.
public sealed class ClaimTable<T> : IDictionary<string, T>, IReadOnlyDictionary<string, T>, IDictionary, IClaimPart
#pragma warning restore CA1710
{
    private readonly SortedDictionary<string, T> entries;

    /// <summary>Creates an empty table.</summary>
    public ClaimTable()
        : this(new SortedDictionary<string, T>(Utf8Order.Instance))
    {
    }

    private ClaimTable(SortedDictionary<string, T> entries) => this.entries = entries;

    /// <summary>The number of names.</summary>
    public int Count => entries.Count;

    /// <summary>Whether it cannot be changed.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>The names.</summary>
    public ICollection<string> Keys => entries.Keys;

    /// <summary>The values, in the order of their names.</summary>
    public ICollection<T> Values => entries.Values;

    /// <inheritdoc/>
    IEnumerable<string> IReadOnlyDictionary<string, T>.Keys => entries.Keys;

    /// <inheritdoc/>
    IEnumerable<T> IReadOnlyDictionary<string, T>.Values => entries.Values;

    /// <inheritdoc/>
    ICollection IDictionary.Keys => entries.Keys;

    /// <inheritdoc/>
    ICollection IDictionary.Values => entries.Values;

    /// <inheritdoc/>
    bool IDictionary.IsFixedSize => IsReadOnly;

    /// <inheritdoc/>
    bool ICollection.IsSynchronized => false;

    /// <inheritdoc/>
    object ICollection.SyncRoot => this;

    /// <summary>The value of a name.</summary>
    /// <param name="key">The name.</param>
    /// <exception cref="KeyNotFoundException">The name does not exist.</exception>
    /// <exception cref="InvalidOperationException">The table is read-only.</exception>
    public T this[string key]
    {
        get => entries[key];
        set
        {
            ReadOnly.Refuse(IsReadOnly);
            entries[key] = value;
        }
    }

    /// <inheritdoc/>
    object? IDictionary.this[object key]
    {
        get => ((IDictionary)entries)[key];
        set
        {
            ReadOnly.Refuse(IsReadOnly);
            ((IDictionary)entries)[key] = value;
        }
    }

    /// <summary>Adds a name.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name already exists.</exception>
    /// <exception cref="InvalidOperationException">The table is read-only.</exception>
    public void Add(string key, T value)
    {
        ReadOnly.Refuse(IsReadOnly);
        entries.Add(key, value);
    }

    /// <summary>Removes a name, and returns whether it existed.</summary>
    /// <param name="key">The name.</param>
    /// <exception cref="InvalidOperationException">The table is read-only.</exception>
    public bool Remove(string key)
    {
        ReadOnly.Refuse(IsReadOnly);
        return entries.Remove(key);
    }

    /// <summary>Removes every name.</summary>
    /// <exception cref="InvalidOperationException">The table is read-only.</exception>
    public void Clear()
    {
        ReadOnly.Refuse(IsReadOnly);
        entries.Clear();
    }

    /// <summary>Whether a name exists.</summary>
    /// <param name="key">The name.</param>
    public bool ContainsKey(string key) => entries.ContainsKey(key);

    /// <summary>The value of a name, if it exists.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value.</param>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => entries.TryGetValue(key, out value);

    /// <summary>The names and their values, in the order of the names.</summary>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => entries.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    /// <inheritdoc/>
    IDictionaryEnumerator IDictionary.GetEnumerator() => ((IDictionary)entries).GetEnumerator();

    /// <summary>The entries, in one line.</summary>
    public override string ToString() => TextSanitizer.Clean(string.Join(", ", this.Select(entry => $"{entry.Key}: {Text(entry.Value)}")));

    /// <inheritdoc/>
    void ICollection<KeyValuePair<string, T>>.Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    /// <inheritdoc/>
    bool ICollection<KeyValuePair<string, T>>.Contains(KeyValuePair<string, T> item) => entries.Contains(item);

    /// <inheritdoc/>
    void ICollection<KeyValuePair<string, T>>.CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    bool ICollection<KeyValuePair<string, T>>.Remove(KeyValuePair<string, T> item) => entries.Contains(item) && Remove(item.Key);

    /// <inheritdoc/>
    void IDictionary.Add(object key, object? value)
    {
        ReadOnly.Refuse(IsReadOnly);
        ((IDictionary)entries).Add(key, value);
    }

    /// <inheritdoc/>
    bool IDictionary.Contains(object key) => ((IDictionary)entries).Contains(key);

    /// <inheritdoc/>
    void IDictionary.Remove(object key)
    {
        ReadOnly.Refuse(IsReadOnly);
        ((IDictionary)entries).Remove(key);
    }

    /// <inheritdoc/>
    void ICollection.CopyTo(Array array, int index) => ((ICollection)entries).CopyTo(array, index);

    /// <inheritdoc/>
    void IClaimPart.Freeze()
    {
        if (IsReadOnly)
        {
            return;
        }

        if (Count > 0 && typeof(IClaimPart).IsAssignableFrom(typeof(T)))
        {
            foreach (T value in entries.Values)
            {
                ((IClaimPart)value!).Freeze();
            }
        }

        IsReadOnly = true;
    }

    /// <inheritdoc/>
    object IClaimPart.Copy()
    {
        // Copying a sorted table of the same order needs no comparisons.
        var copies = new SortedDictionary<string, T>(entries, Utf8Order.Instance);
        if (typeof(IClaimPart).IsAssignableFrom(typeof(T)))
        {
            foreach ((string key, T value) in entries)
            {
                copies[key] = (T)((IClaimPart)value!).Copy();
            }
        }

        return new ClaimTable<T>(copies);
    }

    private static string? Text(T value) =>
        value is IEnumerable values and not string ? $"[{string.Join(", ", values.Cast<object>())}]" : value?.ToString();
}
