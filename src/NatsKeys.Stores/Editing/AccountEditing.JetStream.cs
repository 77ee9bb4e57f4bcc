using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal static partial class AccountEditing
{
    /// <summary>Gets the limits to change: those for all streams, or those of a tier. New limits allow any number of streams and consumers.</summary>
    /// <param name="account">The account.</param>
    /// <param name="tier">The tier; null for limits without tiers.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.RuleBroken"/>: the account has limits of the other form, and servers accept only one form.
    /// </exception>
    public static JetStreamLimits JetStreamLimitsFor(this NatsAccount account, string? tier)
    {
        AccountLimits limits = account.Limits;
        if (tier is null ? limits.TieredLimits.Count > 0 : !limits.HasNoJetStream)
        {
            string has = tier is null ? $"per tier ({string.Join(", ", limits.TieredLimits.Keys)})" : "without tiers";
            throw new NatsKeysException(
                ErrorCode.RuleBroken,
                $"The {account.Path} has JetStream limits {has}, and servers do not allow both forms (limits.jetstream-exclusive). "
                    + "Nothing was signed.") { Remedy = Remedy.RemoveJetStreamLimits };
        }

        JetStreamLimits chosen = limits;
        if (tier is not null && !limits.TieredLimits.TryGetValue(tier, out chosen!))
        {
            limits.TieredLimits[tier] = chosen = new JetStreamLimits();
        }

        if (chosen.HasNoJetStream)
        {
            chosen.Streams = chosen.Consumer = LimitParser.Unlimited;
        }

        return chosen;
    }

    /// <summary>Removes limits: those without tiers, or those of one tier.</summary>
    /// <param name="account">The account.</param>
    /// <param name="tier">The tier; null for limits without tiers.</param>
    public static void RemoveJetStreamLimits(this NatsAccount account, string? tier)
    {
        if (tier is not null)
        {
            account.Limits.TieredLimits.Remove(tier);
        }
        else if (account.Limits.TieredLimits.Count == 0)
        {
            account.Limits.Reset();
        }
    }

    /// <summary>Disables JetStream by removing all its limits.</summary>
    /// <param name="account">The account.</param>
    public static void DisableJetStream(this NatsAccount account)
    {
        account.Limits.TieredLimits.Clear();
        account.Limits.Reset();
    }
}
