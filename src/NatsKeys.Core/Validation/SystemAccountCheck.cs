using NatsKeys.Claims;
using NatsKeys.Entities;

namespace NatsKeys.Validation;

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
            ? $"The {name} is the system account and has JetStream limits: servers do not start with that."
            : null;

    /// <summary>Checks an operator with all its accounts.</summary>
    /// <param name="above">The operator.</param>
    /// <param name="accounts">Its accounts.</param>
    /// <param name="areAll">Whether all of them could be read.</param>
    public static IEnumerable<StoreFinding> Check(NatsOperator above, IReadOnlyList<AccountNode> accounts, bool areAll)
    {
        var claims = (OperatorClaims)above.Document.Signed;
        if (string.IsNullOrEmpty(claims.SystemAccount))
        {
            yield break;
        }

        AccountNode? system = accounts.FirstOrDefault(account => account.Claims.Subject == claims.SystemAccount);
        if (system is null)
        {
            if (areAll)
            {
                yield return StoreFinding.Of(
                    above.Path,
                    ValidationRules.SystemMissing,
                    "system_account",
                    $"The system account {claims.SystemAccount} of the {above.Path} is not in the store: servers with a configuration of it do not "
                        + "start.");
            }
        }
        else if (FaultOf(claims, system.Claims, system.Path.ToString()) is { } fault)
        {
            yield return StoreFinding.Of(system.Path, ValidationRules.SystemJetStream, "limits", fault);
        }
    }
}
