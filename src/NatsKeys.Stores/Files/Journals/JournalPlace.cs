using System.Text.Json;

namespace NatsKeys.Files;

/// <summary>Identifies a journal and its location.</summary>
/// <param name="Id">The unique identifier of the journal.</param>
/// <param name="KeyRoot">The key root that contains the journal.</param>
internal sealed record JournalPlace(string Id, string KeyRoot)
{
    private string? text;

    /// <summary>The place as written to a lock file. It is cached, because a series of changes writes the same journal many times.</summary>
    public string Text => text ??= $"journal {Id} in {JsonSerializer.Serialize(KeyRoot)}";

    /// <inheritdoc/>
    public bool Equals(JournalPlace? other) => other is not null && Id == other.Id && KeyRoot == other.KeyRoot;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, KeyRoot);
}
