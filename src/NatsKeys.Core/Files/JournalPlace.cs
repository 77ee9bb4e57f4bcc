namespace NatsKeys.Files;

/// <summary>Where a journal is.</summary>
/// <param name="Id">Tells it from every other one.</param>
/// <param name="KeyRoot">The key root in which it is.</param>
internal sealed record JournalPlace(string Id, string KeyRoot);
