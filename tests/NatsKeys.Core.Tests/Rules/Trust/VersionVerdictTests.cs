using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>The newest server decides, and what others decide otherwise is told.</summary>
public class VersionVerdictTests
{
    private static readonly ServerVersions Servers = ServerVersions.Of([new ServerVersion(2, 10, 27), new ServerVersion(2, 15, 1)])!;

    [Theory]
    [InlineData(true, true, true, true, "new")]
    [InlineData(false, false, true, false, "new")]
    [InlineData(false, true, false, true, "new But servers 2.10.27 refuse it: old")]
    [InlineData(false, true, true, false, "Servers 2.10.27: old")]
    [InlineData(true, false, false, false, "new But servers 2.10.27 allow it: old")]
    [InlineData(true, false, true, false, "new But servers 2.10.27 allow it: old")]
    public void Of_two_servers(bool onOld, bool onNew, bool mustAllAllow, bool isAllowed, string message)
    {
        PermissionVerdict verdict = VersionVerdict.Of(
            Servers,
            server => server == new ServerVersion(2, 15, 1) ? new PermissionVerdict(onNew, "n", "new") : new PermissionVerdict(onOld, "o", "old"),
            mustAllAllow);
        Assert.Equal((isAllowed, message), (verdict.IsAllowed, verdict.Message));
        Assert.StartsWith(isAllowed ? "Allowed: " : "Denied: ", verdict.ToString(), StringComparison.Ordinal);
    }
}
