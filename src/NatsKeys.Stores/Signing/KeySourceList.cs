using System.Collections;
using System.Collections.Immutable;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Key sources in the order in which they are asked. No two have the same name, whatever its case.</summary>
internal sealed class KeySourceList : IReadOnlyList<KeySource>
{
    // Never changed, but put in the place of the one before: whoever goes through the list goes through one state of it.
    private ImmutableList<KeySource> sources = [];

    /// <inheritdoc/>
    public int Count => sources.Count;

    /// <inheritdoc/>
    public KeySource this[int index] => sources[index];

    /// <inheritdoc/>
    public IEnumerator<KeySource> GetEnumerator() => sources.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Puts a source behind the others, or in the place of one of its name.</summary>
    /// <param name="source">The source.</param>
    /// <param name="replace">Whether it may take the place of another one.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeySourceExists"/>: its name is taken.</exception>
    public void Add(KeySource source, bool replace)
    {
        if (IsNamed(source, KeyRootSource.SourceName))
        {
            throw new NatsKeysException(
                ErrorCode.KeySourceExists, $"'{source.Name}' is reserved for the key root of a store. Choose another name for the source.");
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

    /// <summary>Takes a source away.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The source.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeySourceNotFound"/>: there is none.</exception>
    public KeySource Remove(string name)
    {
        KeySource source = Named(this, name);
        sources = sources.Remove(source);
        return source;
    }

    /// <summary>The source of a name.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeySourceNotFound"/>: there is none.</exception>
    public static KeySource Named(IEnumerable<KeySource> sources, string name) => sources.FirstOrDefault(source => IsNamed(source, name))
        ?? throw new NatsKeysException(ErrorCode.KeySourceNotFound, $"No key source {SecretShape.Show(name)} is registered.");

    private static bool IsNamed(KeySource source, string name) => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
