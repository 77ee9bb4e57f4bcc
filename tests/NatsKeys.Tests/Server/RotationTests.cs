using NATS.Client.Core;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>A signing key is replaced while clients are connected, and the servers learn of it.</summary>
public sealed class RotationTests : ResolverTest
{
    public RotationTests() => Run(
        """
        $ak = $a | Add-NatsSigningKey
        $ak | New-NatsUser U | Export-NatsCredential
        Get-NatsUser U | Export-NatsCredential ./old.creds
        $a | New-NatsUser V -SigningKey $a.Subject | Export-NatsCredential ./V.creds
        """);

    [NatsServerFact]
    public async Task When_a_signing_key_leaks_its_users_are_cut_off_and_come_back_with_new_credentials()
    {
        await StartAsync(Full);
        Run("Publish-NatsAccount A -Operator O2 | Out-Null");
        await using NatsConnection leaked = await Server.ConnectAsync(PathOf("old.creds"));
        await using NatsConnection other = await Server.ConnectAsync(PathOf("V.creds"));
        var ended = new TaskCompletionSource();
        leaked.ConnectionDisconnected += (_, _) =>
        {
            ended.TrySetResult();
            return ValueTask.CompletedTask;
        };

        RunResult result = Run("$answers = $ak | Update-NatsSigningKey -Confirm:$false -Compromised | Publish-NatsAccount");
        Assert.Contains("Publish-NatsAccount", Assert.Single(result.Warnings), StringComparison.Ordinal);

        Holds("$answers.Count -gt 0", "$answers.Where({ $_.Outcome -ne 'Done' }).Count -eq 0");
        Holds("(Compare-NatsAccount A -Operator O2).State -eq 'Same'");
        await ended.Task.WaitAsync(NatsServer.Patience);
        await Assert.ThrowsAsync<NatsException>(() => Server.ConnectAsync(PathOf("old.creds")));
        await using NatsConnection again = await Server.ConnectAsync(Path.Combine(Session.KeyRoot, "creds", "O2", "A", "U.creds"));
        await other.PingAsync();
        Assert.Equal(NatsConnectionState.Open, other.ConnectionState);
    }

    [NatsServerFact]
    public async Task A_planned_replacement_lets_both_keys_in_before_the_old_one_leaves()
    {
        await StartAsync(Full);
        Run("Publish-NatsAccount A -Operator O2 | Out-Null; $rotation = $ak | Update-NatsSigningKey");
        Holds("$rotation.Updates.Count -eq 2");
        string renewed = Path.Combine(Session.KeyRoot, "creds", "O2", "A", "U.creds");

        Run("$rotation.Updates[0] | Publish-NatsAccount | Out-Null");
        await (await Server.ConnectAsync(PathOf("old.creds"))).DisposeAsync();
        await (await Server.ConnectAsync(renewed)).DisposeAsync();

        Run("$rotation.Updates[1] | Publish-NatsAccount | Out-Null");
        await Assert.ThrowsAsync<NatsException>(() => Server.ConnectAsync(PathOf("old.creds")));
        await (await Server.ConnectAsync(renewed)).DisposeAsync();
    }

    [NatsServerFact]
    public async Task Accounts_of_a_new_key_of_the_operator_wait_until_the_servers_were_started_with_it()
    {
        Run("$c = $ok | New-NatsAccount C; $c | New-NatsUser W | Export-NatsCredential ./W.creds");
        await StartAsync(Full);
        Run("Publish-NatsAccount C | Out-Null; $rotation = $ok | Update-NatsSigningKey");

        // The server would take it, and let nobody of the account in.
        RunResult early = Session.Run("$rotation | Publish-NatsAccount");
        Assert.Equal(["CannotPublish"], early.ErrorIds);
        Assert.NotEmpty(early.Warnings);
        Assert.All(early.Warnings, warning => Assert.Contains("operator O2", warning, StringComparison.Ordinal));
        await (await Server.ConnectAsync(PathOf("W.creds"))).DisposeAsync();

        await StartAsync(Full);
        Run("$answers = $rotation | Publish-NatsAccount -WarningAction Ignore");
        Holds("\"$($answers.Account) $($answers.Outcome)\" -eq 'O2/C Done'");
        await (await Server.ConnectAsync(PathOf("W.creds"))).DisposeAsync();
    }
}
