using NATS.Client.Core;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>What the gate refuses or tells is what a server of this version does.</summary>
public sealed class ServerGateTests : ResolverTest
{
    [NatsServerFact]
    public async Task JetStream_on_the_system_account_is_refused_on_both_sides_and_servers_do_not_start_with_it()
    {
        Reports("RuleBroken", "Get-NatsAccount SYS | Set-NatsJetStreamLimit -MaxDisk 1GiB");
        Run("Set-NatsJetStreamLimit R1 -Account A -MaxDisk 1GiB");
        Reports("RuleBroken", "Set-NatsOperator O2 -SystemAccount A");
        Holds("Test-NatsStore");

        // As a file from elsewhere would have it.
        string good = (string)Value("New-NatsServerConfig -Operator O2 -Resolver Memory -JetStream")!;
        string token = (string)Value(
            "$c = (Get-NatsAccount SYS).Claims.Copy(); $c.Limits.DiskStorage = 1GB; ($c | ConvertTo-NatsJwt -SigningKey $ok).Token")!;
        Run("$t | Set-Content ./sys.jwt -NoNewline; Import-NatsStore ./sys.jwt -Force -WarningAction Ignore", ("t", token));
        Holds("-not (Test-NatsStore)", "(Test-NatsStore -Detailed -MinimumSeverity Error).Rule -eq 'system.jetstream'");
        Assert.Contains("JetStream", Reports("InvalidServerConfig", "New-NatsServerConfig -Operator O2 -Resolver Memory -JetStream"),
            StringComparison.Ordinal);
        await Server.StartAsync(good);
        Server.Stop();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Server.StartAsync(Replaced(good, token)));
    }

    [NatsServerFact]
    public async Task A_server_that_is_older_than_its_operator_asserts_does_not_start_and_is_found()
    {
        string newer = $"{Server.Version.Major}.{Server.Version.Minor}.{Server.Version.Patch + 1}";
        Run($"Set-NatsOperator O2 -AssertServerVersion {Server.Version}");
        Holds($"Test-NatsStore -ServerVersion {Server.Version}");
        await Server.StartAsync((string)Value("New-NatsServerConfig -Operator O2 -Resolver Memory")!);
        Server.Stop();

        Run($"Set-NatsOperator O2 -AssertServerVersion {newer} -WarningAction Ignore");
        Holds($"-not (Test-NatsStore -ServerVersion {Server.Version})");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Server.StartAsync((string)Value("New-NatsServerConfig -Operator O2 -Resolver Memory")!));
    }

    [NatsServerFact]
    public async Task An_account_that_this_version_would_refuse_is_not_sent_and_one_that_it_takes_is()
    {
        await StartAsync(Full);
        Run("foreach ($x in $a, $b) { $x | Add-NatsExport fc.> Service; $i = New-NatsAccount I -Operator O2 -ErrorAction Ignore; Add-NatsImport "
            + "fc.> -From $x -Account I -WarningAction Ignore }");
        string version = $"{Server.Version}";
        bool isTaken = Server.Version.IsSince(new(2, 11, 15), new(2, 12, 6));

        Assert.Equal(isTaken, (bool)Value($"Test-NatsStore -ServerVersion {version}")!);
        Holds("Test-NatsStore", "(Test-NatsStore -Detailed | Where-Object Rule -eq imports.overlap-accounts).Severity -eq 'Warning'");
        if (isTaken)
        {
            Holds("(Publish-NatsAccount I).Outcome -eq 'Done'");
        }
        else
        {
            Assert.Contains(version, Reports("CannotPublish", "Publish-NatsAccount I"), StringComparison.Ordinal);
            Holds("(Compare-NatsAccount I).Findings.Rule -eq 'imports.overlap-accounts'");
            Assert.NotEmpty(Session.Run("$null = Publish-NatsAccount I -Force").Errors);
        }

        Run("'A', 'B' | Publish-NatsAccount; New-NatsUser U -Account I | Export-NatsCredential ./U.creds");
        bool isLetIn = true;
        try
        {
            await using NatsConnection connection = await Server.ConnectAsync(PathOf("U.creds"));
        }
        catch (NatsException)
        {
            isLetIn = false;
        }

        Assert.Equal(isTaken, isLetIn);
    }

    [NatsServerFact]
    public async Task A_mapping_that_this_version_drops_is_warned_of_when_it_is_published()
    {
        await StartAsync(Full);
        Run("Add-NatsSubjectMapping 'a.*.*' 'b.$1' -Account A -WarningAction Ignore");
        RunResult result = Run("Publish-NatsAccount A");
        bool isDropped = Server.Version < new NatsKeys.Rules.ServerVersion(2, 10, 0);
        Assert.Equal(isDropped, result.Warnings.Any(warning => warning.Contains("mapping.target", StringComparison.Ordinal)));
        Assert.Equal(!isDropped, (bool)Value($"Test-NatsStore -ServerVersion {Server.Version}")!);
    }

    [NatsServerFact]
    public async Task A_revoked_user_gets_no_copy_and_comes_back_with_a_warning_alone()
    {
        await StartAsync(Full);
        Run("$u = $a | New-NatsUser U; $u | Export-NatsCredential; Add-NatsRevocation -User A/U");
        Reports("RuleBroken", "Export-NatsCredential -User A/U -Path ./copy.creds -Expires 1h");
        Holds("-not (Test-Path ./copy.creds)");
        Assert.Contains("(trust.revoked)", Assert.Single(Run("Export-NatsCredential -User A/U -Path ./old.creds").Warnings),
            StringComparison.Ordinal);

        Assert.Contains("(time.revoked-before)", Assert.Single(Run("Get-NatsUser -Account A | Set-NatsUser -AddTag reviewed").Warnings),
            StringComparison.Ordinal);
        Run("Export-NatsCredential -User A/U -Path ./new.creds; $null = Publish-NatsAccount A");
        await Assert.ThrowsAsync<NatsException>(() => Server.ConnectAsync(PathOf("old.creds")));
        await using NatsConnection connection = await Server.ConnectAsync(PathOf("new.creds"));
    }

    /// <summary>A configuration with another token in the place of the system account's.</summary>
    private string Replaced(string configuration, string token)
    {
        string subject = (string)Value("(Get-NatsAccount SYS).Subject")!;
        return System.Text.RegularExpressions.Regex.Replace(configuration, $@"(\s{subject}: ""?)[\w.-]+", match => match.Groups[1].Value + token);
    }
}
