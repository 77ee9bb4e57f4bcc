namespace NatsKeys.Rules;

/// <summary>Combines the decisions of several server versions.</summary>
internal static class VersionVerdict
{
    /// <summary>Returns the verdict of the newest server. Its message also states if other servers decide differently.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="decide">Returns the decision of a server version.</param>
    /// <param name="mustAllAllow">Whether the verdict is negative if any server refuses.</param>
    public static PermissionVerdict Of(ServerVersions servers, Func<ServerVersion, PermissionVerdict> decide, bool mustAllAllow)
    {
        (ServerVersion Server, PermissionVerdict Verdict)[] verdicts = [.. servers.Select(server => (server, decide(server)))];
        PermissionVerdict newest = verdicts[^1].Verdict;
        (ServerVersion Server, PermissionVerdict Verdict)[] others = [.. verdicts.Where(other => other.Verdict.IsAllowed != newest.IsAllowed)];
        if (others.Length == 0)
        {
            return newest;
        }

        string named = servers.Describe([.. others.Select(other => other.Server)], Enum.GetValues<ServerFeature>());
        string text = $"{newest.Message} But {named} {(newest.IsAllowed ? "refuse" : "allow")} it: {others[^1].Verdict.Message}";
        return mustAllAllow && newest.IsAllowed
            ? others[^1].Verdict with { Message = $"{char.ToUpperInvariant(named[0])}{named[1..]}: {others[^1].Verdict.Message}" }
            : newest with { Message = text };
    }
}
