using System.Collections;
using System.Collections.Immutable;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Key sources in search order. Their names differ in more than case.</summary>
internal sealed class KeySourceList : IReadOnlyList<KeySource>
{
    // Immutable and replaced as a whole, so that an enumeration sees a single state.
    private ImmutableList<KeySource> sources = [];

    /// <inheritdoc/>
    public int Count => sources.Count;

    /// <inheritdoc/>
    public KeySource this[int index] => sources[index];

    /// <inheritdoc/>
    public IEnumerator<KeySource> GetEnumerator() => sources.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds a source at the end, or replaces the source of the same name.</summary>
    /// <param name="source">The source.</param>
    /// <param name="replace">Whether an existing source may be replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeySourceExists"/>: its name is taken.</exception>
    public void Add(KeySource source, bool replace)
    {
        if (IsNamed(source, KeyRootSource.SourceName))
        {
            throw new NatsKeysException(
                ErrorCode.KeySourceExists, $"'{source.Name}' is reserved for the key root of a store and cannot be replaced.");
        }

        int index = sources.FindIndex(other => IsNamed(other, source.Name));
        if (index < 0)
        {
            sources = sources.Add(source);
        }
        else
        {
            sources = replace
                ? sources.SetItem(index, source)
                : throw new NatsKeysException(ErrorCode.KeySourceExists, $"The key source '{source.Name}' is already registered.");
        }
    }

    /// <summary>Removes a source.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The source.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeySourceNotFound"/>: no source has this name.</exception>
    public KeySource Remove(string name)
    {
        KeySource source = Named(this, name);
        sources = sources.Remove(source);
        return source;
    }

    /// <summary>Returns the source of a name.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeySourceNotFound"/>: no source has this name.</exception>
    public static KeySource Named(IEnumerable<KeySource> sources, string name) => sources.FirstOrDefault(source => IsNamed(source, name))
        ?? throw new NatsKeysException(ErrorCode.KeySourceNotFound, $"No key source {SecretShape.Show(name)} is registered.");

    private static bool IsNamed(KeySource source, string name) => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
