using System.Collections;
using NatsKeys.Inspection;

namespace NatsKeys.Formatting;

/// <summary>What a key of a store is used for. The store is read once somebody looks.</summary>
public sealed class UsedFor : IReadOnlyList<NatsKeyUsage>
{
    private readonly Lazy<IReadOnlyList<NatsKeyUsage>> uses;

    internal UsedFor(KeyDirectory directory, string publicKey) => uses = new(() => directory.UsesOf(publicKey));

    /// <summary>How many uses there are.</summary>
    public int Count => uses.Value.Count;

    /// <summary>One of them.</summary>
    /// <param name="index">Its number, from 0.</param>
    public NatsKeyUsage this[int index] => uses.Value[index];

    /// <summary>The uses, one after the other.</summary>
    public IEnumerator<NatsKeyUsage> GetEnumerator() => uses.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For people: what comes first, and how many more there are.</summary>
    public override string ToString() => Count switch
    {
        0 => "(nothing)",
        1 => this[0].ToString(),
        _ => $"{this[0]} (and {Count - 1} more)",
    };
}
