using NATS.Client.Core;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

public sealed class PublishNatsAccountTests : ResolverTest
{
    [NatsServerFact]
    public async Task Under_WhatIf_it_names_what_servers_do_not_have_and_sends_nothing()
    {
        await StartAsync(Full);
        Run("Publish-NatsAccount | Out-Null; Set-NatsAccount B -Operator O2 -MaxConnections 7");

        string shown = Session.RunText("Publish-NatsAccount -WhatIf");

        Assert.Contains("account O2/B", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("account O2/A", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("account O2/SYS", shown, StringComparison.Ordinal);
        Holds("(Compare-NatsAccount B -Operator O2).State -eq 'Older'");
    }

    [NatsServerFact]
    public async Task Accounts_of_the_pipeline_get_to_a_server_with_a_full_resolver()
    {
        await StartAsync(Full);

        RunResult result = Run("$answers = Get-NatsAccount -Operator O2 | Publish-NatsAccount; $answers");

        Assert.Equal(
            ["O2/A Done jwt updated", "O2/B Done jwt updated", "O2/SYS Done jwt updated"],
            result.Output.Select(
                answer => $"{answer.Properties["Account"].Value} {answer.Properties["Outcome"].Value} {answer.Properties["Message"].Value}"));
        Holds("$answers[0].PublicKey -eq $a.Subject", "$answers[0].Server.Version -match '^\\d+\\.\\d+'", "$answers[0].Server.Id -match '^N'");
        Assert.Equal(Value("(Get-NatsAccount A).Jwt"), File.ReadAllText(Kept("A")));
    }

    [NatsServerFact]
    public async Task Without_an_account_what_differs_is_sent_and_the_rest_is_unchanged()
    {
        await StartAsync(Full);
        const string Outcomes = "(Publish-NatsAccount -Operator O2 | ForEach-Object { \"$($_.Account) $($_.Outcome)\" }) -join ', '";
        Assert.Equal("O2/A Done, O2/B Done, O2/SYS Unchanged", Value(Outcomes));
        Assert.Equal("O2/A Unchanged, O2/B Unchanged, O2/SYS Unchanged", Value(Outcomes));

        Run("Set-NatsAccount A -MaxConnections 5; Set-NatsAccount SYS -Operator O2 -Description x");
        Assert.Equal("O2/A Done, O2/B Unchanged, O2/SYS Done", Value(Outcomes));
        Holds("(Compare-NatsAccount -Operator O2).State -join ' ' -eq 'Same Same Same'");
        Assert.Equal("O2/A Done, O2/B Done, O2/SYS Done", Value(Outcomes.Replace("-Operator O2", "-Operator O2 -Force", StringComparison.Ordinal)));
        Holds("(Publish-NatsAccount A -Operator O2).Outcome -eq 'Done'", "-not (@() | Publish-NatsAccount -Operator O2)");
    }

    [NatsServerFact]
    public async Task Users_of_a_published_account_get_in_and_what_changes_for_them_is_in_force_at_once()
    {
        await StartAsync(Full);
        Run("$a | New-NatsUser U | Export-NatsCredential ./U.creds");
        await Assert.ThrowsAsync<NatsException>(() => Server.ConnectAsync(PathOf("U.creds")));

        Run("Publish-NatsAccount A -ServerCount 1");
        await using NatsConnection connection = await Server.ConnectAsync(PathOf("U.creds"));

        Run("Get-NatsUser U | Add-NatsRevocation; Get-NatsAccount A | Publish-NatsAccount");
        await Assert.ThrowsAsync<NatsException>(() => Server.ConnectAsync(PathOf("U.creds")));
    }

    [NatsServerFact]
    public async Task A_server_with_a_memory_resolver_takes_what_is_in_use_and_says_what_it_skips()
    {
        await StartInMemoryAsync();
        Run("$a | New-NatsUser U | Export-NatsCredential ./U.creds; Set-NatsAccount A -MaxConnections 5; Set-NatsAccount B -MaxConnections 5");
        await using NatsConnection connection = await Server.ConnectAsync(PathOf("U.creds"));

        RunResult result = Run("$answers = 'A', 'B' | Publish-NatsAccount -Operator O2");

        Holds("\"$($answers.Outcome)\" -eq 'Done Skipped'");
        Assert.Contains("New-NatsServerConfig", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds("(Compare-NatsAccount A).State -eq 'Same'", "(Compare-NatsAccount B).State -eq 'NotTold'");
    }

    [NatsServerFact]
    public async Task A_server_with_a_memory_resolver_is_not_given_what_is_older_than_what_it_uses()
    {
        await StartInMemoryAsync();
        Run("$a | New-NatsUser U | Export-NatsCredential ./U.creds");
        await using NatsConnection connection = await Server.ConnectAsync(PathOf("U.creds"));
        Run("$old = Get-NatsAccount A; $new = Set-NatsAccount A -MaxConnections 5 -PassThru; $new | Publish-NatsAccount -WarningAction Ignore");

        string message = Reports(
            "ServerNewer", "$u = [NatsKeys.Editing.ServerUpdate]::new(1, $old, $old.Jwt, 'again'); $u | Publish-NatsAccount -WarningAction Ignore");

        Assert.Contains("Receive-NatsAccount", message, StringComparison.Ordinal);
    }

    [NatsServerFact]
    public async Task A_server_with_a_cache_resolver_takes_what_it_has_and_skips_the_rest()
    {
        await StartAsync(Cache);
        Run("Get-NatsAccount SYS | Set-NatsAccount -AddTag changed");

        RunResult result = Run("$answers = Get-NatsAccount A, SYS -Operator O2 | Publish-NatsAccount");

        Holds("\"$($answers.Outcome)\" -eq 'Skipped Done'");
        Assert.Empty(result.Warnings);
        Assert.Equal(Value("(Get-NatsAccount SYS).Jwt"), File.ReadAllText(Kept("SYS")));
    }

    [NatsServerFact]
    public async Task What_servers_would_not_work_with_is_refused_and_nothing_of_it_is_sent()
    {
        await StartAsync(Full);
        Run("Publish-NatsAccount B; $x = New-NatsOperator X | New-NatsAccount FX; Get-NatsAccount A | Set-NatsAccount -Expires "
            + "([datetimeoffset]::Now.AddSeconds(2)) -AddTag first");
        string edited = PathOf("store/O2/accounts/B/account.yaml");
        string before = File.ReadAllText(edited);

        // Of another operator, as its file shows: copied below this one.
        Run("[System.IO.Directory]::CreateDirectory(\"$pwd/store/O2/accounts/FX\") | Out-Null; "
            + "[System.IO.File]::Copy(\"$pwd/store/X/accounts/FX/account.yaml\", \"$pwd/store/O2/accounts/FX/account.yaml\")");
        Assert.Contains("trust.issuer", Reports("CannotPublish", "Publish-NatsAccount O2/FX"), StringComparison.Ordinal);

        // Edited, and not signed since.
        File.WriteAllText(edited, before.Replace("jwt:", "claims: {limits: {conn: 7}}\njwt:", StringComparison.Ordinal));
        Assert.Contains("entity.modified", Reports("CannotPublish", "Publish-NatsAccount B"), StringComparison.Ordinal);
        File.WriteAllText(edited, before);

        // Signed by a key that was taken off the list.
        Run("$gone = $o | Add-NatsSigningKey; $gone | New-NatsAccount G | Out-Null; $gone | Remove-NatsSigningKey -Confirm:$false -WarningAction "
            + "Ignore");
        Assert.Contains("trust.issuer", Reports("CannotPublish", "Publish-NatsAccount G"), StringComparison.Ordinal);

        // Expired; and not valid yet.
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Contains("time.expired", Reports("CannotPublish", "Publish-NatsAccount A"), StringComparison.Ordinal);
        Run("$o | New-NatsAccount L -NotBefore 2099-01-01 | Out-Null");
        Assert.Contains("time.not-yet", Reports("CannotPublish", "Publish-NatsAccount L"), StringComparison.Ordinal);

        Assert.Equal(2, Directory.GetFiles(PathOf("server/jwt")).Length);
    }

    [NatsServerFact]
    public async Task One_bad_account_does_not_keep_the_others_away()
    {
        await StartAsync(Full);
        Run("$o | New-NatsAccount L -NotBefore 2099-01-01 | Out-Null");

        RunResult result = Session.Run("$answers = Get-NatsAccount -Operator O2 | Publish-NatsAccount");

        Assert.Equal(["CannotPublish"], result.ErrorIds);
        Holds("\"$($answers.Account)\" -eq 'O2/A O2/B O2/SYS'");
    }

    [NatsServerFact]
    public async Task Servers_of_another_operator_do_not_get_the_account()
    {
        await StartAsync(Full);
        Run("$x = New-NatsOperator X -SystemAccount XSYS; $fa = $x | New-NatsAccount FA; $sys = Get-NatsUser sys -Account O2/SYS");

        // With a user of the other system account that the server would let in, and with one of its own that it does not know.
        Assert.Equal("NoSystemAccount", Ends("$fa | Publish-NatsAccount -Server $url -Credential $sys").ErrorId);
        Assert.Equal("ServerRefused", Ends("$fa | Publish-NatsAccount -Server $url").ErrorId);

        // Where the operator names no system account, the servers tell whom they trust.
        string message = Reports("CannotPublish", "New-NatsOperator Y | New-NatsAccount YA | Publish-NatsAccount -Server $url -Credential $sys");
        Assert.Contains((string)Value("(Get-NatsOperator Y).Subject")!, message, StringComparison.Ordinal);

        Assert.Single(Directory.GetFiles(PathOf("server/jwt")));
    }

    [NatsServerFact]
    public async Task What_is_newer_on_the_server_stays_unless_it_is_forced()
    {
        await StartAsync(Full);
        Run("$old = Get-NatsAccount A; Set-NatsAccount A -MaxConnections 5; Publish-NatsAccount A; $back = "
            + "[NatsKeys.Editing.ServerUpdate]::new(1, $old, $old.Jwt, 'a step back')");

        string message = Reports("ServerNewer", "$back | Publish-NatsAccount");
        Assert.Contains("account O2/A", message, StringComparison.Ordinal);
        Assert.Equal(Value("(Get-NatsAccount A).Jwt"), File.ReadAllText(Kept("A")));

        Run("$back | Publish-NatsAccount -Force");
        Assert.Equal(Value("$old.Jwt"), File.ReadAllText(Kept("A")));
    }

    [NatsServerFact]
    public async Task Updates_are_sent_in_their_order_and_an_operator_is_told_of()
    {
        await StartAsync(Full);
        Run(
            """
            $first = Set-NatsAccount A -AddTag first -PassThru
            $second = Set-NatsAccount A -AddTag second -PassThru
            Get-NatsOperator O2 | Add-NatsSigningKey | Out-Null
            $o = Get-NatsOperator O2
            $updates = [NatsKeys.Editing.ServerUpdate]::new(1, $first, $first.Jwt, 'both keys'),
                [NatsKeys.Editing.ServerUpdate]::new(2, $o, $o.Jwt, 'the new list of keys'),
                [NatsKeys.Editing.ServerUpdate]::new(3, $second, $second.Jwt, 'the new key alone')
            """);

        RunResult result = Run("$answers = $updates | Publish-NatsAccount");

        Holds("$answers.Count -eq 2");
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("operator O2", warning, StringComparison.Ordinal);
        Assert.Contains("the new list of keys", warning, StringComparison.Ordinal);
        Assert.Equal(Value("$second.Jwt"), File.ReadAllText(Kept("A")));
    }

    [NatsServerFact]
    public async Task The_token_of_an_update_is_checked_itself()
    {
        await StartAsync(Full);
        Run("$x = New-NatsOperator X | New-NatsAccount FA");

        Assert.Contains("account O2/A",
            Reports("CannotPublish", "[NatsKeys.Editing.ServerUpdate]::new(1, $a, $b.Jwt, 'mixed up') | Publish-NatsAccount"),
            StringComparison.Ordinal);
        Reports("CannotPublish", "[NatsKeys.Editing.ServerUpdate]::new(1, $a, 'eyJ0', 'damaged') | Publish-NatsAccount");
        Reports("CannotPublish",
            "[NatsKeys.Editing.ServerUpdate]::new(1, $a, $a.Jwt.Substring(0, $a.Jwt.Length - 4) + 'AAAA', 'altered') | Publish-NatsAccount");
        Assert.Single(Directory.GetFiles(PathOf("server/jwt")));
    }

    [NatsServerFact]
    public async Task An_update_that_fails_leaves_the_others_of_its_object()
    {
        await StartAsync(Full);
        Run(
            """
            $a = Set-NatsAccount A -AddTag sent -PassThru
            $rotation = [pscustomobject] @{ Updates = [NatsKeys.Editing.ServerUpdate]::new(1, $b, 'eyJ0', 'damaged'),
                [NatsKeys.Editing.ServerUpdate]::new(2, $a, $a.Jwt, 'good') }
            """);

        Assert.Contains("account O2/B", Reports("CannotPublish", "$rotation | Publish-NatsAccount"), StringComparison.Ordinal);

        Assert.Equal(Value("$a.Jwt"), File.ReadAllText(Kept("A")));
    }

    [NatsServerFact]
    public async Task Fewer_servers_than_there_must_be_get_nothing()
    {
        await StartAsync(Full);

        TerminatingErrorException error = Ends("$o | Get-NatsAccount | Publish-NatsAccount -ServerCount 2 -Timeout 1s");

        Assert.Equal("ServersMissing", error.ErrorId);
        Assert.Contains("1 of 2", error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(PathOf("server/jwt")));
    }

    [NatsServerFact]
    public async Task The_words_of_a_server_that_refuses_are_in_the_error()
    {
        await StartAsync("type: full\nlimit: 2");
        Run("Publish-NatsAccount A");

        RunResult result = Session.Run("$answers = 'B' | Publish-NatsAccount -Operator O2");

        Assert.Equal(["ServerRefused"], result.ErrorIds);
        Assert.Contains((string)Value("$answers.Message")!, result.Errors[0].ToString(), StringComparison.Ordinal);
        Holds("$answers.Outcome -eq 'Refused'", "$answers.Message.Length -gt 0");
    }

    [NatsServerFact]
    public async Task Credentials_are_a_file_an_object_or_a_user_and_without_them_a_user_is_signed_that_leaves_no_trace()
    {
        await StartAsync(Full);
        Run("$sys = Get-NatsUser sys; $sys | Export-NatsCredential ./sys.creds");
        foreach (string credential in new[] { "./sys.creds", "(Import-NatsCredential ./sys.creds)", "$sys",
            "([System.IO.FileInfo]::new(\"$pwd/sys.creds\"))" })
        {
            Run($"Publish-NatsAccount A -Credential {credential}");
        }

        string[] before = [.. Snapshot().Where(line => !line.Contains("/server", StringComparison.Ordinal))];
        Run("Publish-NatsAccount A");
        Assert.Equal(before, Snapshot().Where(line => !line.Contains("/server", StringComparison.Ordinal)));
    }

    [NatsServerFact]
    public async Task Under_a_strict_operator_a_signing_key_of_the_system_account_signs_the_user()
    {
        Run("$s = New-NatsOperator S -GenerateSigningKey -RequireSigningKeys -SystemAccount SSYS; $sa = $s | New-NatsAccount SA");
        Run("$k = Get-NatsAccount SSYS | Add-NatsSigningKey");
        string system = (string)Value("(Get-NatsAccount SSYS).Subject")!;
        await Server.StartAsync(
            $"operator: {Value("(Get-NatsOperator S).Jwt")}\nsystem_account: {system}\nresolver {{\ntype: full\ndir: "
                + $"'{PathOf("server/jwt")}'\n}}\nresolver_preload: {{ {system}: {Value("(Get-NatsAccount SSYS).Jwt")} }}");

        Run("$sa | Publish-NatsAccount -Server $url", ("url", Server.Url));

        Assert.True(File.Exists(PathOf($"server/jwt/{Value("$sa.Subject")}.jwt")));
    }

    [Fact]
    public void Without_a_server_a_system_account_or_its_keys_nothing_is_sent()
    {
        Assert.Contains("-ServiceUrl", Ends("Publish-NatsAccount A").Message, StringComparison.Ordinal);
        Assert.Equal("InvalidServer", Ends("Publish-NatsAccount A").ErrorId);
        Assert.Equal("InvalidServer", Ends("Publish-NatsAccount A -Server nats://me:secret@host:4222").ErrorId);
        Assert.Equal("NoSystemAccount", Ends("New-NatsOperator P | New-NatsAccount PA | Publish-NatsAccount -Server nats://127.0.0.1:1").ErrorId);
        Run("$other = New-NatsStore -InMemory; [System.IO.File]::WriteAllText(\"$pwd/O2.jwt\", (Get-NatsOperator O2).Jwt); (Get-NatsAccount "
            + "-Operator O2).ForEach({ [System.IO.File]::WriteAllText(\"$pwd/$_.jwt\", $_.Jwt) }); Import-NatsStore *.jwt -Store $other");
        Assert.Equal("SigningKeyNotFound", Ends("Publish-NatsAccount A -Store $other -Server nats://127.0.0.1:1").ErrorId);
    }

    [Fact]
    public void A_server_that_cannot_be_reached_ends_the_pipeline()
    {
        int port = NatsServer.FreePort();
        TerminatingErrorException error = Ends($"Get-NatsAccount -Operator O2 | Publish-NatsAccount -Server nats://127.0.0.1:{port} -Timeout 5s");
        Assert.Equal("ServerUnreachable", error.ErrorId);
        Assert.Contains($"{port}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("30d")]
    [InlineData("soon")]
    public void A_time_that_nobody_can_wait_is_refused(string time) =>
        Assert.Equal("InvalidTime", Ends($"Publish-NatsAccount A -Server nats://127.0.0.1:1 -Timeout {time}").ErrorId);

    [NatsServerFact]
    public async Task Nothing_is_sent_under_WhatIf_and_nobody_connects()
    {
        await StartAsync(Full);
        Server.Stop();
        LeavesFilesAlone("Get-NatsAccount -Operator O2 | Publish-NatsAccount -WhatIf");
    }

    [NatsServerFact]
    public async Task The_default_view_is_a_table_with_the_words_of_each_server()
    {
        await StartAsync(Full);
        string text = Session.RunText("Get-NatsAccount A, B -Operator O2 | Publish-NatsAccount");
        Assert.Contains("jwt updated", text, StringComparison.Ordinal);
        Assert.Matches("Account +Server +Version +Outcome +Message", text);
        Assert.Matches("O2/B +.* +Done +jwt updated", text);
    }

    [NatsServerFact]
    public async Task What_another_operator_signed_does_not_hold_up_a_revocation()
    {
        await StartAsync(Full);
        Run("$u = $a | New-NatsUser U; $x = New-NatsOperator X; $k = Get-NatsKeyPair $x.Subject; $c = ConvertFrom-NatsJwt $a.Jwt; $far = "
            + "(ConvertTo-NatsJwt $c -SigningKey $x.Subject -IssuedAt '2030-01-01').Token");
        await PushAsync("$far");
        Run("Add-NatsRevocation A/U; $p = Publish-NatsAccount A -Operator O2");
        Holds("$p.Outcome -eq 'Done'", "(Compare-NatsAccount A -Operator O2).State -eq 'Same'");
    }
}
