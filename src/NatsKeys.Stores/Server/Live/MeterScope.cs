using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>The users to measure, and how.</summary>
/// <param name="User">The only user; null for all.</param>
/// <param name="Role">The only role; null for all.</param>
/// <param name="Generalize">Whether to propose the entries of the permissions, rather than the subjects that were seen.</param>
internal sealed record MeterScope(NatsUser? User, string? Role, bool Generalize);
