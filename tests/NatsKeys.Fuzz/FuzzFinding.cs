namespace NatsKeys.Fuzz;

/// <summary>An input that ended neither in a value nor in a defined error, or not within its bounds.</summary>
/// <param name="Target">What read it.</param>
/// <param name="Index">Its number in the run.</param>
/// <param name="Cause">What happened; findings of one cause are told apart by their numbers alone.</param>
/// <param name="Detail">The whole exception, or the numbers.</param>
/// <param name="Input">The input.</param>
internal sealed record FuzzFinding(string Target, long Index, string Cause, string Detail, byte[] Input);
