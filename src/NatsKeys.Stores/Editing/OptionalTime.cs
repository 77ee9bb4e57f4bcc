namespace NatsKeys.Editing;

/// <summary>A time that is set, be it to none.</summary>
/// <param name="Time">The time; null for none.</param>
public sealed record OptionalTime(DateTimeOffset? Time);
