using System.Globalization;

namespace NatsKeys.Claims;

/// <summary>Describes parts of claims, for display.</summary>
internal static class ClaimSummary
{
    private const string Everything = "All";
    private const string Allowed = "allow ";
    private const string Denied = "deny ";
    private const string NotSet = "Not set";
    private const string Within = " within ";

    /// <summary>The publish or subscribe permissions, in one line.</summary>
    /// <param name="permission">The permissions for one direction.</param>
    public static string Of(SubjectPermission permission) => (permission.Allow.Count, permission.Deny.Count) switch
    {
        (0, 0) => Everything,
        (_, 0) => $"{Allowed}{string.Join(", ", permission.Allow)}",
        (0, _) => $"{Denied}{string.Join(", ", permission.Deny)}",
        _ => $"{Allowed}{string.Join(", ", permission.Allow)}; {Denied}{string.Join(", ", permission.Deny)}",
    };

    /// <summary>The permission to reply to requests.</summary>
    /// <param name="permission">The permission; null for none.</param>
    public static string Of(ResponsePermission? permission) =>
        permission is null ? NotSet : $"{permission.Max}{Within}{TimeParser.ShowDuration(permission.Ttl)}";

    /// <summary>Reads publish or subscribe permissions from the line that describes them.</summary>
    /// <param name="text">The line.</param>
    /// <param name="allow">Returns the allowed subjects.</param>
    /// <param name="deny">Returns the denied subjects.</param>
    /// <returns>Whether the text is such a line.</returns>
    public static bool TryReadSubjects(string text, out string[] allow, out string[] deny)
    {
        // No subject has a space, so these words cannot be part of one.
        (allow, deny) = ([], []);
        if (text == Everything)
        {
            return true;
        }

        string rest = text;
        if (rest.StartsWith(Allowed, StringComparison.Ordinal))
        {
            int end = rest.IndexOf($"; {Denied}", StringComparison.Ordinal);
            allow = (end < 0 ? rest : rest[..end])[Allowed.Length..].Split(", ");
            rest = end < 0 ? "" : rest[(end + "; ".Length)..];
        }

        if (rest.StartsWith(Denied, StringComparison.Ordinal))
        {
            deny = rest[Denied.Length..].Split(", ");
            rest = "";
        }

        return rest.Length == 0 && text.Length > 0;
    }

    /// <summary>Reads the permission to reply to requests from the text that describes it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Returns the number of responses; null for none.</param>
    /// <param name="ttl">Returns the time limit, as text; null for none.</param>
    /// <returns>Whether the text is such a description.</returns>
    public static bool TryReadResponse(string text, out long? most, out string? ttl)
    {
        (most, ttl) = (null, null);
        if (text == NotSet)
        {
            return true;
        }

        int at = text.IndexOf(Within, StringComparison.Ordinal);
        if (at < 0 || !long.TryParse(text.AsSpan(0, at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        (most, ttl) = (number, text[(at + Within.Length)..]);
        return true;
    }

    /// <summary>Time ranges, such as <c>08:00:00-18:00:00</c>.</summary>
    /// <param name="ranges">The ranges.</param>
    public static IReadOnlyList<string> Of(IEnumerable<TimeRange> ranges) =>
        new PrintableList<string>(ranges.Select(range => $"{range.Start}-{range.End}"));

    /// <summary>The JetStream limits of one tier, or the flat ones.</summary>
    /// <param name="limits">The limits.</param>
    public static string Of(JetStreamLimits limits) => Join(
        $"disk {LimitParser.ShowSize(limits.DiskStorage)}",
        $"memory {LimitParser.ShowSize(limits.MemStorage)}",
        $"streams {LimitParser.Show(limits.Streams)}",
        $"consumers {LimitParser.Show(limits.Consumer)}",
        limits.DiskMaxStreamBytes > 0 ? $"disk per stream {LimitParser.ShowSize(limits.DiskMaxStreamBytes)}" : null,
        limits.MemMaxStreamBytes > 0 ? $"memory per stream {LimitParser.ShowSize(limits.MemMaxStreamBytes)}" : null,
        limits.MaxAckPending > 0 ? $"unacknowledged {LimitParser.Show(limits.MaxAckPending)}" : null,
        limits.MaxBytesRequired ? "streams must have a size limit" : null);

    /// <summary>The settings of an export, except for its name, type, subject, access and description.</summary>
    /// <param name="export">The export.</param>
    public static string Traits(AccountExport export) => Join(
        export.ResponseType,
        export.AccountTokenPosition > 0 ? $"account key at token {export.AccountTokenPosition}" : null,
        export.ResponseThreshold > 0 ? $"answers within {TimeParser.ShowDuration(export.ResponseThreshold)}" : null,
        export.ServiceLatency is { } latency
            ? $"latency to {latency.Results} ({(latency.Sampling == 0 ? "by headers" : $"{latency.Sampling}%")})"
            : null,
        export.Advertise ? "advertised" : null,
        export.AllowTrace ? "traced" : null,
        export.Revocations.Count > 0 ? $"{export.Revocations.Count} revoked" : null);

    /// <summary>Names an export or import by its type and subject; by its subject alone if the type is missing or unknown.</summary>
    /// <param name="type">The type.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="article">What stands before the type.</param>
    public static string Item(string? type, string? subject, string article = "the ") =>
        type is "stream" or "service" ? $"{article}{type} '{subject}'" : $"'{subject}'";

    /// <summary>A name as a prefix; an empty text if there is no name.</summary>
    /// <param name="name">The name.</param>
    public static string Label(string? name) => string.IsNullOrEmpty(name) ? "" : $"{name}: ";

    /// <summary>Joins the parts that are not null.</summary>
    /// <param name="parts">The parts.</param>
    public static string Join(params ReadOnlySpan<string?> parts)
    {
        var present = new List<string>();
        foreach (string? part in parts)
        {
            if (!string.IsNullOrEmpty(part))
            {
                present.Add(part);
            }
        }

        return string.Join(", ", present);
    }
}
