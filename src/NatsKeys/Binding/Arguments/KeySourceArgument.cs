using NatsKeys.KeySources;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Binding;

/// <summary>Key sources: a name, a wildcard, or a key source object.</summary>
public sealed class KeySourceArgument : IArgument
{
    private readonly KeySource? source;
    private readonly string name;

    /// <summary>Creates the argument from a source.</summary>
    /// <param name="source">The source.</param>
    public KeySourceArgument(KeySource source) => (this.source, name) = (source, source.Name);

    /// <summary>Creates the argument from a name or a wildcard.</summary>
    /// <param name="name">The text.</param>
    public KeySourceArgument(string name) => this.name = name;

    object IArgument.Given => source ?? (object)ToString();

    /// <summary>The name, for messages.</summary>
    public override string ToString() => SecretShape.Mask(name);

    /// <summary>Finds the sources in a list. An object matches only itself, because the key roots of all stores have the same name.</summary>
    internal KeySource[] Among(IEnumerable<KeySource> sources) => source is null ? SessionKeySources.Matching(sources, name) : [source];
}
