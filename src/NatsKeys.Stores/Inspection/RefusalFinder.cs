using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds out from a store why a server refused credentials. Servers give no reason, so that attackers learn nothing.</summary>
internal static class RefusalFinder
{
    /// <summary>Returns the reason as a message, and the remedy.</summary>
    /// <param name="credential">The credentials.</param>
    /// <param name="owner">The operator of the user in the store; null if the store does not have it.</param>
    /// <param name="connectionType">The type of the client's connection.</param>
    /// <param name="now">The time.</param>
    public static (string Reason, Remedy? Remedy) Explain(NatsCredential credential, NatsOperator? owner, string connectionType, DateTimeOffset now)
    {
        if (owner?.Jwt is null)
        {
            string? fault = credential.Token.Claims is UserClaims { Expires: > 0 } user && UnixTime.IsExpired(user.Expires, now.ToUnixTimeSeconds())
                ? $"The token expired at {credential.Expires:u} (time.expired). "
                : null;
            return (
                $"{fault}The store does not have the account {credential.IssuerAccount} of this "
                    + $"user{(fault is null ? ", so the reason is unknown" : "")}.",
                null);
        }

        Finding? refusal;
        try
        {
            refusal = StoreTrust.Of(owner, _ => null).Decide(
                new ConnectAttempt(credential.Token.Token) { Time = now, ConnectionType = connectionType }).Refusal;
        }
        catch (NatsKeysException error)
        {
            return (error.Message, error.Remedy);
        }

        return refusal is not null
            ? ($"According to the store {owner.Store.Location}, the reason is: {refusal.Message.TrimEnd('.')} ({refusal.Rule}).", null)
            : ($"According to the store {owner.Store.Location}, the user may connect. The servers may have an older version of the account, or run "
                + "with another operator.", Remedy.UpdateServers);
    }
}
