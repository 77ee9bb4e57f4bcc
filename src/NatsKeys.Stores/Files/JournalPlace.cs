using System.Text.Json;

namespace NatsKeys.Files;

/// <summary>Where a journal is.</summary>
/// <param name="Id">Tells it from every other one.</param>
/// <param name="KeyRoot">The key root in which it is.</param>
internal sealed record JournalPlace(string Id, string KeyRoot)
{
    private string? text;

    /// <summary>The place as a lock names it. A series of changes names one journal again and again.</summary>
    public string Text => text ??= $"journal {Id} in {JsonSerializer.Serialize(KeyRoot)}";

    /// <inheritdoc/>
    public bool Equals(JournalPlace? other) => other is not null && Id == other.Id && KeyRoot == other.KeyRoot;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, KeyRoot);
}
