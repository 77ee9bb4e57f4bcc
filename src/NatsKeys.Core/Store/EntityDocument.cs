using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>What a store keeps of an entity: what is wanted, and the token that was signed; null before that.</summary>
internal sealed record EntityDocument(ClaimSet Wanted, string? Jwt);
