using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Finds limits that servers do not enforce as stated.</summary>
internal static class LimitUse
{
    private static readonly string[] Tiers = ["R1", "R2", "R3", "R4", "R5"];

    public static void Check(AccountLimits limits, Findings findings)
    {
        Check(limits.Subs, "limits.subs", "subs", findings);
        Check(limits.Payload, "limits.payload", "payload", findings);
        Check(limits.Conn, "limits.conn", "conn", findings);
        Check(limits.Leaf, "limits.leaf", "leaf", findings);
        if (limits.Conn == 0)
        {
            findings.Add(ValidationRules.LimitsNoConnections, "limits.conn", "The account may have 0 connections: servers refuse all its users.");
        }

        foreach (string tier in limits.TieredLimits.Select(tier => tier.Key).Where(tier => tier.Length > 0 && !Tiers.Contains(tier)))
        {
            findings.Add(
                ValidationRules.LimitsTierUnknown, "limits.tiered_limits", $"There is no tier '{Excerpt.Of(tier)}'. The tiers of streams are R1 to "
                    + "R5.");
        }
    }

    /// <summary>Checks the limits of a user or a role.</summary>
    /// <param name="permissions">The permissions with the limits.</param>
    /// <param name="place">Their place; null for the limits of a user.</param>
    /// <param name="role">The role; null for the limits of a user.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Check(UserPermissions permissions, ClaimPath? place, string? role, Findings findings)
    {
        string of = role is null ? "" : $" of role '{role}'";
        Check(permissions.Subs, place?.Of("subs") ?? "subs", $"subs{of}", findings);
        Check(permissions.Payload, place?.Of("payload") ?? "payload", $"payload{of}", findings);
    }

    private static void Check(long limit, ClaimPath claim, string name, Findings findings)
    {
        if (limit > int.MaxValue)
        {
            findings.Add(
                ValidationRules.LimitTooLarge,
                claim,
                $"The limit {name} is {limit}, more than {int.MaxValue}: servers misread it, crash, or refuse all connections.");
        }
        else if (limit < LimitParser.Unlimited)
        {
            findings.Add(
                ValidationRules.LimitNegative,
                claim,
                $"The limit {name} is {limit}. The only valid negative number is {LimitParser.Unlimited}, which means unlimited.");
        }
    }
}
