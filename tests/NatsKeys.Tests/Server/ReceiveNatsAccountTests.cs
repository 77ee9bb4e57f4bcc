using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

public sealed class ReceiveNatsAccountTests : ResolverTest
{
    private const string Copy =
        """
        function Copy-Folder($from, $to) {
            [System.IO.Directory]::CreateDirectory($to) | Out-Null
            foreach ($file in [System.IO.Directory]::GetFiles($from)) {
                [System.IO.File]::Copy($file, "$to/$([System.IO.Path]::GetFileName($file))", $true) }
            foreach ($below in [System.IO.Directory]::GetDirectories($from)) { Copy-Folder $below "$to/$([System.IO.Path]::GetFileName($below))" }
        }
        """;

    [NatsServerFact]
    public async Task What_somebody_else_published_is_taken()
    {
        await StartAsync(Full);

        // Another working copy of the store, in which A changes.
        Run(Copy + "\nCopy-Folder \"$pwd/store\" \"$pwd/other\"; Get-NatsAccount -Operator O2 -Store ./other | Publish-NatsAccount | Out-Null");
        Run("$new = Set-NatsAccount A -Store ./other -Operator O2 -MaxConnections 10 -PassThru; $new | Publish-NatsAccount | Out-Null");

        RunResult result = Run("Receive-NatsAccount -Operator O2");

        Assert.Equal("A", Assert.Single(result.Output).ToString());
        Holds("(Get-NatsAccount A).Jwt -ceq $new.Jwt", "(Get-NatsAccount A).Limits.Conn -eq 10", "(Get-NatsAccount A).State -eq 'Signed'");
        Holds("$null -eq (Receive-NatsAccount -Operator O2)");
    }

    [NatsServerFact]
    public async Task What_the_store_has_of_its_own_stays()
    {
        await StartAsync(Full);
        Run("Get-NatsAccount A, B -Operator O2 | Publish-NatsAccount | Out-Null; Set-NatsAccount A -MaxConnections 10");
        string edited = PathOf("store/O2/accounts/B/account.yaml");
        File.WriteAllText(edited, File.ReadAllText(edited).Replace("jwt:", "claims: {limits: {conn: 7}}\njwt:", StringComparison.Ordinal));
        string[] before = [.. Snapshot().Where(line => line.Contains("/store", StringComparison.Ordinal))];

        RunResult all = Run("$taken = Receive-NatsAccount -Operator O2");
        Holds("$null -eq $taken");
        Assert.Equal(2, all.Warnings.Count);
        Assert.Contains("account O2/A", all.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("account O2/B", all.Warnings[1], StringComparison.Ordinal);

        // Whoever names them is told by an error.
        Assert.Equal(["LocalChanges", "LocalChanges"], Session.Run("Receive-NatsAccount A, B -Operator O2").ErrorIds);
        Assert.Equal(before, Snapshot().Where(line => line.Contains("/store", StringComparison.Ordinal)));
    }

    [NatsServerFact]
    public async Task What_was_removed_comes_back_only_when_it_is_asked_for()
    {
        await StartAsync(Full);
        Run("Get-NatsAccount -Operator O2 | Publish-NatsAccount | Out-Null; $key = $b.Subject; $jwt = $b.Jwt; Remove-NatsAccount B "
            + "-Confirm:$false -WarningAction Ignore");

        Run("Receive-NatsAccount -Operator O2");
        Holds("$null -eq (Get-NatsAccount B -Operator O2 -ErrorAction Ignore)");

        Holds("(Receive-NatsAccount -PublicKey $key).Name -eq 'B'", "(Get-NatsAccount B).Jwt -ceq $jwt");
        Run("Remove-NatsAccount B -Confirm:$false -WarningAction Ignore");
        Holds("(Compare-NatsAccount | Where-Object State -eq OnlyOnServer | Receive-NatsAccount).Name -eq 'B'");
        Run("Remove-NatsAccount B -Confirm:$false -WarningAction Ignore");
        Holds("(Receive-NatsAccount -All).Name -eq 'B'");
    }

    [NatsServerFact]
    public async Task A_whole_operator_comes_back_from_its_servers()
    {
        await StartAsync(Full);
        Run("Get-NatsAccount -Operator O2 | Publish-NatsAccount | Out-Null; Get-NatsUser sys | Export-NatsCredential ./sys.creds; "
            + "[System.IO.File]::WriteAllText(\"$pwd/O2.jwt\", (Get-NatsOperator O2).Jwt)");

        Run("$s = New-NatsStore -InMemory; Import-NatsStore ./O2.jwt -Store $s; Receive-NatsAccount -All -Store $s -Server $url -Credential "
            + "./sys.creds | Out-Null");

        Holds("\"$((Get-NatsAccount -Store $s).Name)\" -eq 'A B SYS'", "(Test-NatsStore $s)");
    }

    [NatsServerFact]
    public async Task A_token_without_a_name_is_an_error_that_says_whose_it_is()
    {
        await StartAsync(Full);
        Run("$k = New-NatsKeyPair Account; $jwt = (ConvertTo-NatsJwt @{ sub = $k.PublicKey; nats = @{ type = 'account' } } -SigningKey "
            + "(Get-NatsOperator O2).Subject).Token");
        await PushAsync("$jwt");
        Assert.Contains((string)Value("$k.PublicKey")!, Reports("InvalidName", "Receive-NatsAccount -PublicKey $k.PublicKey -Operator O2"),
            StringComparison.Ordinal);
    }

    [NatsServerFact]
    public async Task What_another_operator_signed_is_not_taken()
    {
        await StartAsync(Full);
        Run("$x = New-NatsOperator X; $xa = $x | New-NatsAccount A -Key $a.Subject; $xc = $x | New-NatsAccount C");
        await PushAsync("$xa.Jwt");
        await PushAsync("$xc.Jwt");
        string before = (string)Value("(Get-NatsAccount A -Operator O2).Jwt")!;

        Reports("ForeignAccount", "Receive-NatsAccount A -Operator O2");
        Reports("ForeignAccount", "Receive-NatsAccount -PublicKey $xc.Subject -Operator O2");
        Assert.Equal(["ForeignAccount", "ForeignAccount"], Session.Run("Receive-NatsAccount -All -Operator O2").ErrorIds);

        Assert.Equal(before, Value("(Get-NatsAccount A -Operator O2).Jwt"));
        Holds("$null -eq (Get-NatsAccount C -Operator O2 -ErrorAction Ignore)");
    }

    [NatsServerFact]
    public async Task An_account_that_got_another_name_elsewhere_gets_it_here_too()
    {
        await StartAsync(Full);
        Run("$a | New-NatsUser U | Out-Null");
        Run(Copy + "\nCopy-Folder \"$pwd/store\" \"$pwd/other\"; Rename-NatsAccount A Billing -Store ./other -Operator O2 -PassThru | "
            + "Publish-NatsAccount | Out-Null");

        Holds("(Receive-NatsAccount A -Operator O2).Name -eq 'Billing'");

        Holds(
            "(Get-NatsUser U -Account Billing).State -eq 'Signed'",
            "(Test-NatsStore)",
            "$null -eq (Get-NatsAccount A -Operator O2 -ErrorAction Ignore)");
    }

    [NatsServerFact]
    public async Task A_name_that_is_taken_here_is_an_error()
    {
        await StartAsync(Full);
        Run(Copy + "\nCopy-Folder \"$pwd/store\" \"$pwd/other\"; Rename-NatsAccount A Billing -Store ./other -Operator O2 -PassThru | "
            + "Publish-NatsAccount | Out-Null; $o | New-NatsAccount Billing | Out-Null");
        Reports("EntityExists", "Receive-NatsAccount A -Operator O2");
    }

    [NatsServerFact]
    public async Task What_no_server_has_is_an_error_for_those_who_name_it()
    {
        await StartAsync(Full);
        Reports("EntityNotFound", "Receive-NatsAccount A -Operator O2");
        Reports("EntityNotFound", "Receive-NatsAccount -PublicKey (New-NatsKeyPair Account).PublicKey -Operator O2");
        Reports("InvalidPublicKey", "Receive-NatsAccount -PublicKey '*' -Operator O2");
        Run("Receive-NatsAccount -Operator O2");
    }

    [NatsServerFact]
    public async Task Nothing_is_taken_under_WhatIf()
    {
        await StartAsync(Full);
        Run("Get-NatsAccount B -Operator O2 | Publish-NatsAccount | Out-Null; Remove-NatsAccount B -Confirm:$false -WarningAction Ignore");
        Server.Stop();
        LeavesFilesAlone("Receive-NatsAccount -All -Operator O2 -WhatIf");
    }
}
