using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Finds out why servers refuse the users of a store, regardless of their address and the time of day. It computes an account once for all of its
/// users.
/// </summary>
internal sealed class CredentialRefusals
{
    private NatsEntity? account;
    private ServerTrust? trust;

    /// <summary>Returns why servers refuse a user; null if the store shows no reason.</summary>
    /// <param name="user">The user.</param>
    public string? Of(NatsUser user)
    {
        if (!ReferenceEquals(account, user.Parent))
        {
            account = user.Parent;
            trust = account.Parent.Jwt is null || account.Jwt is null ? null : StoreTrust.Of(user);
        }

        // An unsigned user has no credentials to export, and the export reports that.
        if (user.Jwt is null || trust is null)
        {
            return user.Jwt is null ? null : $"the {(account!.Jwt is null ? account.Path : account.Parent.Path)} is not signed.";
        }

        Finding? refusal = trust.Decide(new ConnectAttempt(user.Jwt)
        {
            Checked = user.Document.TryReadToken(),
            Time = user.Store.Clock.GetUtcNow(),
            ConnectionType = user.ConnectionTypes.FirstOrDefault(type => ServerTrust.ConnectionTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
                ?? "STANDARD",
            ThroughTrustedProxy = true,
        }).Refusal;
        return refusal is null || refusal.Rule == TrustRules.TimeOfDay.Name ? null : $"{refusal.Message.TrimEnd('.')} ({refusal.Rule}).";
    }
}
