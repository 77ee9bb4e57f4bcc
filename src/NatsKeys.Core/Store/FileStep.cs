namespace NatsKeys.Store;

/// <summary>One step of a change of several files.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Path">The file or folder to which it is done; of a move the new place.</param>
/// <param name="Source">What is put or moved there.</param>
internal sealed record FileStep(FileAction Action, string Path, string? Source = null);
