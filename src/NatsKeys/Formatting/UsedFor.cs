using System.Collections;
using NatsKeys.Inspection;

namespace NatsKeys.Formatting;

/// <summary>
/// The uses of a key in a store, as texts, so that lists of key pairs are complete in JSON at its default depth. The store is read on first access.
/// </summary>
public sealed class UsedFor : IReadOnlyList<string>
{
    private readonly Lazy<IReadOnlyList<NatsKeyUsage>> uses;

    internal UsedFor(KeyDirectory directory, string publicKey) => uses = new(() => directory.UsesOf(publicKey));

    /// <summary>The number of uses.</summary>
    public int Count => uses.Value.Count;

    /// <summary>Gets a use.</summary>
    /// <param name="index">The index, from 0.</param>
    public string this[int index] => uses.Value[index].ToString();

    /// <summary>The uses as objects.</summary>
    public IReadOnlyList<NatsKeyUsage> GetUses() => uses.Value;

    /// <summary>Enumerates the uses.</summary>
    public IEnumerator<string> GetEnumerator() => uses.Value.Select(use => use.ToString()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The first use and the number of further ones, for display.</summary>
    public override string ToString() => Count switch
    {
        0 => "(nothing)",
        1 => this[0],
        _ => $"{this[0]} (and {Count - 1} more)",
    };
}
