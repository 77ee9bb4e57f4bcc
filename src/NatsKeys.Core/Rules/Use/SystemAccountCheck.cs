using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Checks what servers require of the system account. While they run, they accept JetStream limits on it, but they do not start with such an account
/// ("Not allowed to enable JetStream on the system account", server.go).
/// </summary>
internal static class SystemAccountCheck
{
    /// <summary>Whether an account has JetStream, by the rules of servers.</summary>
    public static bool HasJetStream(AccountClaims claims) =>
        claims.Limits.TieredLimits.Count > 0 ? claims.Limits.TieredLimits.Any(tier => tier.Value.IsEnabled) : claims.Limits.IsEnabled;

    /// <summary>Finds the problem of an operator with the account that is, or becomes, its system account; null if there is none.</summary>
    /// <param name="above">The operator.</param>
    /// <param name="account">The account.</param>
    /// <param name="name">The account's name, for messages.</param>
    public static string? FaultOf(OperatorClaims above, AccountClaims account, string name) =>
        !string.IsNullOrEmpty(above.SystemAccount) && account.Subject == above.SystemAccount && HasJetStream(account)
            ? $"The {name} is the system account and has JetStream limits: servers do not start with it."
            : null;
}
