using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

public sealed class CompareNatsAccountTests : ResolverTest
{
    [NatsServerFact]
    public async Task Each_account_stands_to_the_server_as_it_does()
    {
        await StartAsync(Full);
        Run(
            """
            'C', 'D', 'E', 'F', 'G', 'N' | ForEach-Object { $o | New-NatsAccount $_ | Out-Null }
            Get-NatsAccount A, C, D, E, F, G, SYS -Operator O2 | Publish-NatsAccount | Out-Null
            Set-NatsAccount C -MaxConnections 10 -AddTag billing
            $d = Get-NatsAccount D
            Set-NatsAccount D -MaxConnections 5
            Publish-NatsAccount D | Out-Null
            Remove-NatsAccount E -Confirm:$false -WarningAction Ignore
            """);

        // A file that goes back in time, as a branch of Git does; one that is edited; and one of another operator in the server's folder.
        string file = PathOf("store/O2/accounts/D/account.yaml");
        Run("[System.IO.File]::WriteAllText($file, [System.IO.File]::ReadAllText($file).Replace((Get-NatsAccount D).Jwt, $d.Jwt).Replace('conn: "
            + "5', 'conn: -1'))", ("file", file));
        string edited = PathOf("store/O2/accounts/F/account.yaml");
        File.WriteAllText(edited, File.ReadAllText(edited).Replace("jwt:", "claims: {limits: {conn: 7}}\njwt:", StringComparison.Ordinal));
        Run("$x = New-NatsOperator X; $xa = $x | New-NatsAccount G -Key (Get-NatsAccount G -Operator O2).Subject");
        File.WriteAllText(Kept("G"), (string)Value("$xa.Jwt")!);

        RunResult result = Run("$found = Compare-NatsAccount -Operator O2; $found");

        Assert.Equal(
            [
                "O2/A Same", "O2/B Missing", "O2/C Older", "O2/D Newer", "O2/F Older", "O2/G Foreign", "O2/N Missing", "O2/SYS Same",
                "E OnlyOnServer",
            ],
            result.Output.Select(row => $"{row.Properties["Account"].Value} {row.Properties["State"].Value}"));
        Holds("\"$(($found | Where-Object Account -like '*/C').Differences.Claim)\" -eq 'limits.conn tags'");
        Holds("$c = ($found | Where-Object Account -like '*/C').Differences[0]; $c.Wanted -eq '10'", "$c.Signed -eq '-1'");
        Holds("$f = ($found | Where-Object Account -like '*/F').Differences; $f.Claim -eq 'limits.conn'", "$f.Wanted -eq '7'");
        Holds("$e = $found | Where-Object State -eq OnlyOnServer; $e.ServerToken.Name -eq 'E'", "$e.PublicKey -eq $e.ServerToken.Subject");
        Holds("$g = $found | Where-Object State -eq Foreign; $g.ServerToken.Issuer -eq $x.Subject");
        RunResult json = Run("($found | Where-Object Account -like '*/F' | ConvertTo-Json | ConvertFrom-Json).Differences.Claim");
        Assert.Empty(json.Warnings);
        Assert.Equal("limits.conn", json.Single.BaseObject);
        Holds("$d = $found | Where-Object State -eq Newer; $d.ServerIssuedAt -gt $d.IssuedAt");
    }

    [NatsServerFact]
    public async Task A_revoked_user_has_its_name()
    {
        await StartAsync(Full);
        Run("Publish-NatsAccount A | Out-Null; $a | New-NatsUser U | Add-NatsRevocation -InformationAction Ignore");
        Holds("\"$((Compare-NatsAccount A).Differences)\" -like '*revocation of U until*'");
    }

    [NatsServerFact]
    public async Task An_account_whose_file_cannot_be_read_is_not_one_that_only_servers_have()
    {
        await StartAsync(Full);
        Run("Get-NatsAccount -Operator O2 | Publish-NatsAccount | Out-Null");
        File.WriteAllText(PathOf("store/O2/accounts/A/account.yaml"), "kind: [");
        RunResult result = Session.Run("Compare-NatsAccount -Operator O2");
        Assert.DoesNotContain(result.Output, row => row.Properties["State"].Value.ToString() == "OnlyOnServer");
        Assert.All(result.ErrorIds, id => Assert.Equal("InvalidYaml", id));
        Assert.Contains(result.Errors, error => error.ToString().Contains("account.yaml", StringComparison.Ordinal));
    }

    [NatsServerFact]
    public async Task Named_accounts_alone_are_compared_and_none_where_none_came_down_the_pipeline()
    {
        await StartAsync(Full);
        Run("Get-NatsAccount -Operator O2 | Publish-NatsAccount | Out-Null");
        Holds("(Compare-NatsAccount A, B -Operator O2).Account.Count -eq 2");
        Holds("(Get-NatsAccount B -Operator O2 | Compare-NatsAccount).Account -eq 'O2/B'");
        Holds("$null -eq (@() | Compare-NatsAccount)");
        Assert.Equal("EntityNotFound", Assert.Single(Session.Run("$found = 'A', 'nobody' | Compare-NatsAccount -Operator O2").ErrorIds));
        Holds("$found.State -eq 'Same'");
    }

    [NatsServerFact]
    public async Task Nothing_changes_by_looking()
    {
        await StartAsync(Full);
        string[] before = [.. Snapshot().Where(line => !line.Contains("server.log", StringComparison.Ordinal))];
        Run("Compare-NatsAccount -Operator O2 | Out-Null");
        Assert.Equal(before, Snapshot().Where(line => !line.Contains("server.log", StringComparison.Ordinal)));
    }

    [NatsServerFact]
    public async Task A_cache_tells_what_it_has()
    {
        await StartAsync(Cache);
        Holds("\"$((Compare-NatsAccount -Operator O2).ForEach({ \"$($_.Account) $($_.State)\" }) -join '; ')\" -eq 'O2/A Missing; O2/B Missing; "
            + "O2/SYS Same'");
    }

    [NatsServerFact]
    public async Task The_default_view_shows_what_differs()
    {
        await StartAsync(Full);
        Run("Publish-NatsAccount A | Out-Null; Set-NatsAccount A -MaxConnections 10");
        string text = Session.RunText("Compare-NatsAccount A");
        Assert.Matches("Account +Server +State +Details", text);
        Assert.Contains("MaxConnections Unlimited → 10", text, StringComparison.Ordinal);
    }
}
