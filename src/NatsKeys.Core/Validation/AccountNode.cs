using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Validation;

/// <summary>An account among others, as servers have it.</summary>
/// <param name="Path">Its place in the store.</param>
/// <param name="Claims">What its token states.</param>
/// <param name="IsTaken">Whether servers take it at all.</param>
internal sealed record AccountNode(EntityPath Path, AccountClaims Claims, bool IsTaken);
