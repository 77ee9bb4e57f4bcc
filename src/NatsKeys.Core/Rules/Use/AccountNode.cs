using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>An account among others, as servers have it.</summary>
/// <param name="Place">Its place in the store, for messages.</param>
/// <param name="Claims">The claims of its token.</param>
/// <param name="IsTaken">Whether servers accept it.</param>
internal sealed record AccountNode(string Place, AccountClaims Claims, bool IsTaken);
