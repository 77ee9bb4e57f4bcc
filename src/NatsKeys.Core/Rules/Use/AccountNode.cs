using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>An account among others, as servers have it.</summary>
/// <param name="Place">Its place in the store, for people.</param>
/// <param name="Claims">What its token states.</param>
/// <param name="IsTaken">Whether servers take it at all.</param>
internal sealed record AccountNode(string Place, AccountClaims Claims, bool IsTaken);
