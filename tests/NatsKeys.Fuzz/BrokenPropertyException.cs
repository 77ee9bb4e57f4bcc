namespace NatsKeys.Fuzz;

/// <summary>What must hold for every input does not hold for this one.</summary>
internal sealed class BrokenPropertyException(string message) : Exception(message);
