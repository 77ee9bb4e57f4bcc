using System.Collections;
using NatsKeys.Inspection;

namespace NatsKeys.Formatting;

/// <summary>The uses of a key in a store. The store is read on first access.</summary>
public sealed class UsedFor : IReadOnlyList<NatsKeyUsage>
{
    private readonly Lazy<IReadOnlyList<NatsKeyUsage>> uses;

    internal UsedFor(KeyDirectory directory, string publicKey) => uses = new(() => directory.UsesOf(publicKey));

    /// <summary>The number of uses.</summary>
    public int Count => uses.Value.Count;

    /// <summary>Gets a use.</summary>
    /// <param name="index">The index, from 0.</param>
    public NatsKeyUsage this[int index] => uses.Value[index];

    /// <summary>Enumerates the uses.</summary>
    public IEnumerator<NatsKeyUsage> GetEnumerator() => uses.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The first use and the number of further ones, for people.</summary>
    public override string ToString() => Count switch
    {
        0 => "(nothing)",
        1 => this[0].ToString(),
        _ => $"{this[0]} (and {Count - 1} more)",
    };
}
