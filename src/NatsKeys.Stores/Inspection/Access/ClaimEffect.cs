using NatsKeys.Rules;

namespace NatsKeys.Inspection;

/// <summary>Determines whether a changed claim, other than a permission, grants or takes access.</summary>
internal static class ClaimEffect
{
    private static readonly string[] OfJetStream = ["streams", "consumer", "max_ack_pending", "mem_max_stream_bytes", "disk_max_stream_bytes"];

    /// <summary>Lists that restrict nothing if they are empty: the first entry restricts access, and each further entry allows more.</summary>
    private static readonly string[] Restricting = ["src", "times", "allowed_connection_types", "auth_users"];

    /// <summary>The boolean claims, and whether they allow more if they are true.</summary>
    private static readonly Dictionary<string, bool> Switches = new(StringComparer.Ordinal)
    {
        ["token_req"] = false,
        ["disallow_bearer"] = false,
        ["bearer_token"] = true,
        ["wildcards"] = true,
        ["proxy_required"] = false,
    };

    /// <summary>Returns whether a changed claim grants or takes access; <see cref="AccessChangeKind.Changed"/> if it may do either.</summary>
    public static AccessChangeKind Of(ClaimDifference difference)
    {
        string member = MemberOf(difference.Claim);
        return (difference.IsItem, difference.Wanted, difference.Signed) switch
        {
            _ when Restricting.Contains(member) => AccessChangeKind.Changed,

            // A mapping moves messages from one subject to another one, so it may both grant and take access.
            _ when difference.Claim.StartsWith("mappings", StringComparison.Ordinal) => AccessChangeKind.Changed,

            // A revocation takes access away, and a later one takes more.
            _ when difference.Claim.Contains("revocations", StringComparison.Ordinal) =>
                difference.Wanted is null || Number(difference.Wanted) < Number(difference.Signed)
                    ? AccessChangeKind.Granted
                    : AccessChangeKind.Taken,
            (true, not null, null) => AccessChangeKind.Granted,
            (true, null, not null) => AccessChangeKind.Taken,
            _ when Switches.TryGetValue(member, out bool grants) =>
                difference.Wanted == "true" == grants ? AccessChangeKind.Granted : AccessChangeKind.Taken,
            _ when difference.Claim.EndsWith("resp.max", StringComparison.Ordinal)
                || difference.Claim.EndsWith("resp.ttl", StringComparison.Ordinal) => Replies(difference),
            _ => Limits(difference),
        };
    }

    /// <summary>
    /// Determines whether a limit of replies, their number or time, allows more. Zero means the server's default and a negative number no limit, so
    /// changes from or to these values are only reported as changes.
    /// </summary>
    private static AccessChangeKind Replies(ClaimDifference difference) => (Number(difference.Signed), Number(difference.Wanted)) switch
    {
        (null, _) => AccessChangeKind.Granted,
        (_, null) => AccessChangeKind.Taken,
        ( > 0 and { } before, > 0 and { } after) => after > before ? AccessChangeKind.Granted : AccessChangeKind.Taken,
        _ => AccessChangeKind.Changed,
    };

    private static long? Number(string? json) => long.TryParse(json, out long number) ? number : null;

    /// <summary>
    /// Determines whether a change of a limit grants or takes access. A limit that is raised or removed allows more. This includes the limits of a
    /// template.
    /// </summary>
    private static AccessChangeKind Limits(ClaimDifference difference)
    {
        string member = MemberOf(difference.Claim);
        bool isLimit = difference.Claim.StartsWith("limits.", StringComparison.Ordinal) || member is "subs" or "data" or "payload" or "exp";

        // The other JetStream limits apply only if there is storage, and a missing value does not mean the same for all of them.
        bool isStorage = member is "mem_storage" or "disk_storage";
        bool isUnknown = OfJetStream.Contains(member) && (difference.Wanted is null or "0" || difference.Signed is null or "0");
        if (!isLimit || isUnknown)
        {
            return AccessChangeKind.Changed;
        }

        // A missing or negative value means no limit, and a zero expiry means never. If storage is missing, there is none.
        long Of(string? json) => json is null && isStorage ? 0
            : long.TryParse(json, out long number) && number >= 0 && !(member == "exp" && number == 0) ? number
            : long.MaxValue;
        (long before, long after) = (Of(difference.Signed), Of(difference.Wanted));
        return after > before ? AccessChangeKind.Granted : after < before ? AccessChangeKind.Taken : AccessChangeKind.Changed;
    }

    private static string MemberOf(string claim) => claim[(claim.LastIndexOf('.') + 1)..];
}
