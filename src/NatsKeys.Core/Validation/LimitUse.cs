using NatsKeys.Claims;

namespace NatsKeys.Validation;

/// <summary>Limits that servers do not keep as they are stated.</summary>
internal static class LimitUse
{
    private static readonly string[] Tiers = ["R1", "R2", "R3", "R4", "R5"];

    public static void Check(AccountLimits limits, Findings findings)
    {
        Check(limits.Subs, "limits.subs", findings);
        Check(limits.Payload, "limits.payload", findings);
        Check(limits.Conn, "limits.conn", findings);
        Check(limits.Leaf, "limits.leaf", findings);
        foreach (string tier in limits.TieredLimits.Select(tier => tier.Key).Where(tier => tier.Length > 0 && !Tiers.Contains(tier)))
        {
            findings.Add(ValidationRules.LimitsTierUnknown, "limits.tiered_limits", $"There is no tier '{Excerpt.Of(tier)}': streams have R1 to R5.");
        }
    }

    public static void Check(UserPermissions permissions, Findings findings)
    {
        Check(permissions.Subs, "subs", findings);
        Check(permissions.Payload, "payload", findings);
    }

    private static void Check(long limit, string claim, Findings findings)
    {
        if (limit > int.MaxValue)
        {
            findings.Add(ValidationRules.LimitTooLarge, claim, $"The limit {limit} is more than {int.MaxValue}: servers take another number for it, end, or let nobody in.");
        }
        else if (limit < LimitText.Unlimited)
        {
            findings.Add(ValidationRules.LimitNegative, claim, $"The limit {limit} is negative: {LimitText.Unlimited} alone means that there is none.");
        }
    }
}
