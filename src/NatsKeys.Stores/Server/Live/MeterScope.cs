using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Who is measured, and how.</summary>
/// <param name="User">The only user that is meant; null for all.</param>
/// <param name="Role">The only role that is meant; null for all.</param>
/// <param name="Generalize">Whether entries are proposed, instead of the subjects that were seen under them.</param>
internal sealed record MeterScope(NatsUser? User, string? Role, bool Generalize);
