using NatsKeys.KeySources;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Binding;

/// <summary>Key sources: a name, a wildcard, or a source that was given before.</summary>
public sealed class KeySourceArgument : IArgument
{
    private readonly KeySource? source;
    private readonly string name;

    /// <summary>Takes a source.</summary>
    /// <param name="source">The source.</param>
    public KeySourceArgument(KeySource source) => (this.source, name) = (source, source.Name);

    /// <summary>Takes a name or a wildcard.</summary>
    /// <param name="name">The text.</param>
    public KeySourceArgument(string name) => this.name = name;

    object IArgument.Given => source ?? (object)ToString();

    /// <summary>The name, for messages.</summary>
    public override string ToString() => SecretShape.Mask(name);

    /// <summary>
    /// What is meant among some sources. Every store has a key root of the same name, so an object is itself and not what has its name.
    /// </summary>
    internal KeySource[] Among(IEnumerable<KeySource> sources) => source is null ? SessionKeySources.Matching(sources, name) : [source];
}
