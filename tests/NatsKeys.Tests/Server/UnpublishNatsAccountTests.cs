using NATS.Client.Core;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

public sealed class UnpublishNatsAccountTests : ResolverTest
{
    [NatsServerFact]
    public async Task A_deleted_account_is_gone_with_its_clients_and_comes_back_when_it_is_published_again()
    {
        await StartAsync(Deleting);
        Run("$a | New-NatsUser U | Export-NatsCredential ./U.creds; Get-NatsAccount A, B -Operator O2 | Publish-NatsAccount | Out-Null");
        await using (NatsConnection connection = await Server.ConnectAsync(PathOf("U.creds")))
        {
            var ended = new TaskCompletionSource();
            connection.ConnectionDisconnected += (_, _) =>
            {
                ended.TrySetResult();
                return ValueTask.CompletedTask;
            };

            RunResult result = Run("$answers = $a | Unpublish-NatsAccount -Confirm:$false; $answers");

            Assert.Equal("O2/A Done",
                Assert.Single(result.Output.Select(answer => $"{answer.Properties["Account"].Value} {answer.Properties["Outcome"].Value}")));
            await ended.Task.WaitAsync(NatsServer.Patience);
        }

        Holds("\"$((Compare-NatsAccount A, B -Operator O2).State)\" -eq 'Missing Same'");
        Assert.True(File.Exists(Kept("A") + ".deleted"));
        await Assert.ThrowsAsync<NatsException>(() => Server.ConnectAsync(PathOf("U.creds")));

        // A server that used the account goes by what is new in its token.
        Run("Set-NatsAccount A -AddTag restored; Publish-NatsAccount A | Out-Null");
        Holds("(Compare-NatsAccount A).State -eq 'Same'");
        await using NatsConnection again = await Server.ConnectAsync(PathOf("U.creds"));
    }

    [NatsServerFact]
    public async Task A_server_that_may_not_delete_says_so_and_the_error_says_what_it_takes()
    {
        await StartAsync(Full);
        Run("Publish-NatsAccount A | Out-Null");

        RunResult result = Session.Run("$answers = $a | Unpublish-NatsAccount -Confirm:$false");

        Assert.Equal(["ServerRefused"], result.ErrorIds);
        Assert.Contains("allow_delete", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains((string)Value("$answers.Message")!, result.Errors[0].ToString(), StringComparison.Ordinal);
        Holds("(Compare-NatsAccount A).State -eq 'Same'");
    }

    [NatsServerFact]
    public async Task A_server_with_a_memory_resolver_has_nothing_to_delete()
    {
        await StartInMemoryAsync();
        Reports("NoAnswer", "$a | Unpublish-NatsAccount -Confirm:$false");
    }

    [NatsServerFact]
    public async Task What_is_not_in_the_store_any_more_is_deleted_by_its_key()
    {
        await StartAsync(Deleting);
        Run("Get-NatsAccount A, B -Operator O2 | Publish-NatsAccount | Out-Null; Remove-NatsAccount A -Confirm:$false -WarningAction Ignore; "
            + "Remove-NatsAccount B -Confirm:$false -WarningAction Ignore");

        Run("Compare-NatsAccount | Where-Object State -eq OnlyOnServer | Unpublish-NatsAccount -Confirm:$false -Operator O2");

        Holds("\"$((Compare-NatsAccount).Account)\" -eq 'O2/SYS'");
        Reports("InvalidPublicKey", "Unpublish-NatsAccount -PublicKey $o.Subject -Confirm:$false");
    }

    [NatsServerFact]
    public async Task The_system_account_stays_and_does_not_keep_the_others()
    {
        await StartAsync(Deleting);
        Run("Get-NatsAccount -Operator O2 | Publish-NatsAccount | Out-Null");
        RunResult result = Session.Run("Get-NatsAccount -Operator O2 | Unpublish-NatsAccount -Confirm:$false | Out-Null");
        Assert.Equal(["EntityInUse"], result.ErrorIds);
        Holds("\"$((Compare-NatsAccount -Operator O2).State)\" -eq 'Missing Missing Same'");
    }

    [NatsServerFact]
    public async Task The_request_is_signed_by_the_key_that_was_asked_for_and_by_no_other()
    {
        await StartAsync(Deleting);
        Run("$s = New-NatsKeyPair Operator; Publish-NatsAccount A | Out-Null");

        Assert.Equal("SigningKeyNotAllowed", Ends("$a | Unpublish-NatsAccount -Confirm:$false -SigningKey $s").ErrorId);
        Holds("(Compare-NatsAccount A).State -eq 'Same'");

        Run("$a | Unpublish-NatsAccount -Confirm:$false -SigningKey $ok | Out-Null");
        Holds("(Compare-NatsAccount A).State -eq 'Missing'");
    }

    [NatsServerFact]
    public async Task Under_a_strict_operator_a_signing_key_signs_the_request()
    {
        Run("$s = New-NatsOperator S -GenerateSigningKey -RequireSigningKeys -SystemAccount SSYS; $sa = $s | New-NatsAccount SA");
        string system = (string)Value("(Get-NatsAccount SSYS).Subject")!;
        await Server.StartAsync(
            $"operator: {Value("(Get-NatsOperator S).Jwt")}\nsystem_account: {system}\nresolver {{\n{Deleting}\ndir: "
                + $"'{PathOf("server/jwt")}'\n}}\nresolver_preload: {{ {system}: {Value("(Get-NatsAccount SSYS).Jwt")} }}");
        Run("$sa | Publish-NatsAccount -Server $url | Out-Null", ("url", Server.Url));

        Holds("($sa | Unpublish-NatsAccount -Server $url -Confirm:$false).Outcome -eq 'Done'");
        Assert.Equal("SigningKeyNotAllowed", Ends("$sa | Unpublish-NatsAccount -Server $url -Confirm:$false -SigningKey $s.Subject").ErrorId);
    }

    [NatsServerFact]
    public async Task Nothing_is_deleted_under_WhatIf_or_without_consent()
    {
        await StartAsync(Deleting);
        Run("Publish-NatsAccount A | Out-Null");
        Run("$a | Unpublish-NatsAccount -WhatIf");
        Session.Answer("n");
        Run("$a | Unpublish-NatsAccount");
        Holds("(Compare-NatsAccount A).State -eq 'Same'");
    }
}
