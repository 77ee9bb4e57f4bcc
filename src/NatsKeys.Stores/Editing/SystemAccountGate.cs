using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Throws if an operator names a system account with which servers would not start.</summary>
internal static class SystemAccountGate
{
    /// <param name="store">The store.</param>
    /// <param name="path">The operator; other entities are not checked.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="before">The previously signed document. An unchanged system account is not checked again.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.RuleBroken"/>.</exception>
    public static void Require(NatsStore store, EntityPath path, ClaimSet claims, EntityDocument? before)
    {
        if (claims is not OperatorClaims { SystemAccount.Length: > 0 } above
            || (before?.Signed as OperatorClaims)?.SystemAccount == above.SystemAccount
            || store.Load(path) is null)
        {
            return;
        }

        if (store.FindAccountByKey(path.Name, above.SystemAccount) is { } account
            && SystemAccountCheck.FaultOf(above, account.Claims, account.Path.ToString()) is { } fault)
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken,
                $"{fault.TrimEnd('.')} ({ValidationRules.SystemJetStream.Name}). Nothing was signed.")
            {
                Remedy = Remedy.RemoveJetStreamLimits,
            };
        }
    }
}
