using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// What servers demand of the system account: they take JetStream on it while they run, and do not start with it ("Not allowed to enable JetStream on
/// the system account", server.go).
/// </summary>
internal static class SystemAccountCheck
{
    /// <summary>Whether an account has JetStream, as servers tell it.</summary>
    public static bool HasJetStream(AccountClaims claims) =>
        claims.Limits.TieredLimits.Count > 0 ? claims.Limits.TieredLimits.Any(tier => tier.Value.IsEnabled) : claims.Limits.IsEnabled;

    /// <summary>What is wrong between an operator and the account that is, or becomes, its system account; null for nothing.</summary>
    /// <param name="above">The operator.</param>
    /// <param name="account">The account.</param>
    /// <param name="name">The account's name, for people.</param>
    public static string? FaultOf(OperatorClaims above, AccountClaims account, string name) =>
        !string.IsNullOrEmpty(above.SystemAccount) && account.Subject == above.SystemAccount && HasJetStream(account)
            ? $"The {name} is the system account and has JetStream limits: servers do not start with it."
            : null;
}
