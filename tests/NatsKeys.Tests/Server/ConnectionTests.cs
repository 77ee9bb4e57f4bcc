using System.Management.Automation;
using NATS.Client.Core;
using NatsKeys.Rules;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>Who is connected, from the servers' own mouths, and how connections are ended.</summary>
public sealed class ConnectionTests : ResolverTest
{
    private readonly List<NatsConnection> clients = [];

    public override async Task DisposeAsync()
    {
        foreach (NatsConnection client in clients)
        {
            await client.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [NatsServerFact]
    public async Task Clients_are_shown_with_what_the_store_knows_of_them()
    {
        await StartUsersAsync();
        NatsConnection client = await ConnectAsync("U");
        await ConnectAsync("P");
        await using INatsSub<string> subscription = await client.SubscribeCoreAsync<string>("tele.>", queueGroup: "workers");
        await client.PingAsync();

        Run("$all = @(Get-NatsConnection -Operator O2); $role = @(Get-NatsConnection -Role sensor)");

        Holds("$all.Count -eq 2", "$role.Count -eq 1", "$role[0].Account -eq 'A'", "$role[0].User -eq 'U'", "$role[0].Role -eq 'sensor'");
        Holds("$role[0].SigningKey -eq $sensor.PublicKey", "$role[0].UserKey -eq (Get-NatsUser U).Subject", "$role[0].Standing -eq 'Current'");
        Holds("$role[0].Subscriptions -contains 'tele.> workers'", "$role[0].Address -match '^127\\.0\\.0\\.1:\\d+$'",
            "$role[0].Since -lt [DateTimeOffset]::UtcNow.AddMinutes(1)");
        Holds("@($sensor | Get-NatsConnection).Count -eq 1", "@(Get-NatsConnection -User P).User -eq 'P'", "@($a | Get-NatsConnection).Count -eq 2");
        Holds("@((Get-NatsAccount A).Issuer | Get-NatsConnection).Count -eq 2", "@($b | Get-NatsConnection).Count -eq 0",
            "@(Get-NatsConnection -Operator O2 -Unwanted).Count -eq 0");
        Assert.Contains("nobody", Reports("KeyNotFound", "Get-NatsConnection -Role nobody"), StringComparison.Ordinal);
    }

    [NatsServerFact]
    public async Task What_the_store_does_not_want_is_named()
    {
        await StartUsersAsync();
        foreach (string user in new[] { "U", "P", "Q", "R" })
        {
            await ConnectAsync(user);
        }

        // Servers are not told of any of it.
        Run("$user = Get-NatsUser P; Add-NatsRevocation -User Q -WarningAction Ignore; Set-NatsUser R -AddTag other -WarningAction Ignore");
        Run("Remove-NatsUser P -NoRevocation -Confirm:$false -WarningAction Ignore; Update-NatsSigningKey $sensor -WarningAction Ignore | Out-Null");

        Run("$found = @{}; Get-NatsConnection -Operator O2 | ForEach-Object { $found[$_.User] = \"$($_.Standing)\" }");

        Holds("$found.U -eq 'UnlistedKey'", "$found.P -eq 'UnknownUser'", "$found.Q -eq 'Revoked'", "$found.R -eq 'OtherToken'");
        Holds("(@(Get-NatsConnection -Operator O2 -Unwanted).User | Sort-Object) -join ' ' -eq 'P Q U'");
        Run("$a | Remove-NatsAccount -Recurse -Confirm:$false -WarningAction Ignore");
        Holds("@(Get-NatsConnection -Operator O2).Standing -eq 'UnknownAccount' | Measure-Object | ForEach-Object Count | ForEach-Object { $_ -eq "
            + "4 }");
    }

    [NatsServerFact]
    public async Task Every_connection_is_given_once_from_page_to_page()
    {
        await StartUsersAsync();
        await using var many = new RawClients();
        await many.AddAsync("many", [Server.Url], [PathOf("U.creds")], 300);

        Run("$ids = (Get-NatsConnection -Role sensor).Id");

        Holds("$ids.Count -eq 300", "@($ids | Select-Object -Unique).Count -eq 300",
            "@(Get-NatsConnection -Account A | Select-Object -First 3).Count -eq 3");
    }

    [NatsServerFact(ServerFeature.Kick)]
    public async Task Clients_are_disconnected_and_nobody_else()
    {
        await StartUsersAsync();
        Task ended = Ended(await ConnectAsync("U"));
        NatsConnection other = await ConnectAsync("P");

        Run("$whatIf = Get-NatsConnection -Role sensor | Disconnect-NatsClient -WhatIf; $gone = Get-NatsConnection -Role sensor; $answers = $gone "
            + "| Disconnect-NatsClient -Confirm:$false");

        Holds("$null -eq $whatIf", "$answers.Outcome -eq 'Disconnected'", "$answers.User -eq 'U'");
        await ended.WaitAsync(NatsServer.Patience);
        await other.PingAsync();
        Holds("($gone | Disconnect-NatsClient -Confirm:$false).Outcome -eq 'Gone'");
    }

    [NatsServerFact(ServerFeature.Kick)]
    public async Task Who_comes_back_is_disconnected_until_nobody_does_or_is_an_error()
    {
        await StartUsersAsync();
        await using NatsConnection persistent = await PersistentAsync("U");

        RunResult result = Session.Run("$answers = Get-NatsConnection -Role sensor | Disconnect-NatsClient -Confirm:$false -Until 4s");

        Assert.Equal(["ClientsRemain"], result.ErrorIds.Distinct());
        Holds("@($answers | Where-Object Outcome -eq Disconnected).Count -ge 2", "@($answers | Where-Object Outcome -eq Remains).Count -eq 1");

        // Once the server refuses it, it is gone for good.
        Run("Add-NatsRevocation -User U -WarningAction Ignore; $proof = Publish-NatsAccount A -Disconnect | Where-Object { $_ -is "
            + "[NatsKeys.Server.ClientProof] }");
        Holds("$proof.IsClear", "$proof.Account -eq 'O2/A'", "$proof.Servers.Count -eq 1");
        Holds("@(Get-NatsConnection -Operator O2).Count -eq 0");
    }

    [NatsServerFact]
    public async Task A_leak_ends_with_the_proof_that_nobody_is_connected_by_the_old_key()
    {
        await StartUsersAsync();
        Task ended = Ended(await ConnectAsync("U"));
        NatsConnection other = await ConnectAsync("P");
        Run("$usage = Get-NatsKeyUsage $sensor -Live");
        Holds("($usage | Where-Object Kind -eq User).Clients -eq 1", "($usage | Where-Object Kind -eq User).Connections[0].User -eq 'U'");

        Run("$answers = Update-NatsSigningKey $sensor -Confirm:$false -Compromised -WarningAction Ignore | Publish-NatsAccount -Disconnect");

        Holds("$answers[-1] -is [NatsKeys.Server.ClientProof]", "$answers[-1].IsClear",
            "\"$($answers[-1])\" -eq 'O2/A: 0 unwanted clients on 1 server'");
        await ended.WaitAsync(NatsServer.Patience);
        await other.PingAsync();
    }

    [NatsServerFact]
    public async Task Removed_and_revoked_users_are_in_the_proof()
    {
        await StartUsersAsync();
        Task[] ended = [Ended(await ConnectAsync("P")), Ended(await ConnectAsync("Q"))];
        NatsConnection other = await ConnectAsync("R");

        Run("Add-NatsRevocation -User Q -WarningAction Ignore; $gone = Remove-NatsUser P -PassThru -Confirm:$false -WarningAction Ignore");
        Holds("@(Get-NatsConnection -Operator O2 -Unwanted).Count -eq 2");
        Run("$answers = $gone | Publish-NatsAccount -Disconnect");
        Holds("$answers[-1].IsClear", "$answers[-1].Account -eq 'O2/A'", "@(Get-NatsConnection -Operator O2).User -eq 'R'");
        await Task.WhenAll(ended).WaitAsync(NatsServer.Patience);
        await other.PingAsync();
    }

    /// <summary>Whoever has a key of an operator makes accounts and users of his own, until servers are started with another operator.</summary>
    [NatsServerFact(NewestOnly = true)]
    public async Task The_proof_of_a_key_of_an_operator_covers_accounts_that_nobody_knows_and_servers_that_still_trust_it()
    {
        await StartUsersAsync();
        Run("$made = $ok | New-NatsAccount MADE; $made | New-NatsUser thief | Export-NatsCredential ./thief.creds; Publish-NatsAccount MADE | "
            + "Out-Null");
        await using NatsConnection thief = await PersistentAsync("thief");
        await ConnectAsync("R");
        Run("Remove-NatsAccount MADE -Recurse -Confirm:$false -WarningAction Ignore");
        Holds("@($ok.PublicKey | Get-NatsConnection -Operator O2).User -eq 'thief'");

        // Servers trust the old key until they are started anew, and its account comes back each time.
        Run("$rotation = $ok | Update-NatsSigningKey -Compromised -WarningAction Ignore");
        RunResult result = Session.Run("$before = $rotation | Publish-NatsAccount -Disconnect -WarningAction Ignore");
        Assert.Contains("ClientsRemain", result.ErrorIds);
        Holds("$proof = $before[-1]; $proof.Account -eq 'O2'", "-not $proof.IsClear", "\"$($proof.TrustingOldKeys)\" -eq \"$($proof.Servers)\"",
            "$proof.Remaining[0].User -eq 'thief'");

        await StartAsync(Full);
        Run("$rotation = $ok | Update-NatsSigningKey -Compromised -WarningAction Ignore; $after = $rotation | Publish-NatsAccount -Disconnect");
        Holds("$proof = $after[-1]; $proof.Account -eq 'O2'", "$proof.IsClear", "@(Get-NatsConnection -Operator O2 -Unwanted).Count -eq 0");
    }

    [NatsServerFact]
    public async Task Servers_that_are_too_old_to_disconnect_say_so()
    {
        await StartUsersAsync();
        await ConnectAsync("U");
        if (!Server.Version.Has(ServerFeature.Kick))
        {
            ErrorRecord refused = Assert.Single(Session.Run("Get-NatsConnection -Role sensor | Disconnect-NatsClient -Confirm:$false").Errors);
            Assert.Contains($"{Server.Version}", refused.ToString(), StringComparison.Ordinal);
            Assert.Contains("restarted", refused.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        string outcome = (string)Value(
            "try { (Get-NatsConnection -Role sensor | Disconnect-NatsClient -Confirm:$false -ErrorAction Stop).Outcome.ToString() } catch { "
                + "$_.FullyQualifiedErrorId.Split(',')[0] }")!;
        Assert.Equal(Server.Version.Has(ServerFeature.Kick) ? "Disconnected" : "ServerTooOld", outcome);
    }

    [NatsServerFact]
    public async Task Who_comes_leaves_and_is_refused_is_watched()
    {
        await StartUsersAsync();
        string url = Server.Url;
        Task<RunResult> watch = Task.Run(() => Session.Run(
            """
            $events = [System.Collections.Generic.List[object]]::new()
            Watch-NatsConnection -Operator O2 -For 3m | ForEach-Object {
                $events.Add($_)
                Set-Content ./started yes
                if ($_.Kind -eq 'Disconnected' -and $_.User -eq 'U') { Set-Content ./left yes }
                $_
            } | Where-Object ClientName -eq stranger | Select-Object -First 1 | Out-Null
            """));

        // The watch runs once it has seen another client.
        while (!File.Exists(PathOf("started")) && !watch.IsCompleted)
        {
            await using NatsConnection other = await Server.ConnectAsync(PathOf("P.creds"));
            await other.PingAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        await using (NatsConnection client = await Server.ConnectAsync(PathOf("U.creds")))
        {
            await client.PingAsync();
        }

        // A server notices after a while that a client has gone.
        while (!File.Exists(PathOf("left")) && !watch.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        await Assert.ThrowsAnyAsync<NatsException>(async () =>
        {
            await using var stranger = new NatsConnection(new NatsOpts { Url = url, Name = "stranger" });
            await stranger.ConnectAsync();
        });
        await watch;

        Holds("@($events | Where-Object { $_.Kind -eq 'Connected' -and $_.User -eq 'U' -and $_.Role -eq 'sensor' }).Count -eq 1");
        Holds("@($events | Where-Object { $_.Kind -eq 'Disconnected' -and $_.User -eq 'U' }).Count -eq 1");
        Holds("@($events | Where-Object { $_.Kind -eq 'Refused' -and $_.ClientName -eq 'stranger' }).Count -eq 1");
    }

    private async Task StartUsersAsync()
    {
        await StartAsync(Full);
        Run(
            """
            $sensor = $a | Add-NatsSigningKey -Role sensor -AllowPublish 'tele.>' -AllowSubscribe 'tele.>', '_INBOX.>'
            $sensor | New-NatsUser U | Export-NatsCredential ./U.creds
            foreach ($name in 'P', 'Q', 'R') { $a | New-NatsUser $name | Export-NatsCredential "./$name.creds" }
            Publish-NatsAccount A | Out-Null
            """);
    }

    private async Task<NatsConnection> ConnectAsync(string user)
    {
        NatsConnection client = await Server.ConnectAsync(PathOf($"{user}.creds"));
        clients.Add(client);
        return client;
    }

    private async Task<NatsConnection> PersistentAsync(string user)
    {
        var client = new NatsConnection(new NatsOpts
        {
            Url = Server.Url,
            AuthOpts = new NatsAuthOpts { CredsFile = PathOf($"{user}.creds") },
            ReconnectWaitMin = TimeSpan.FromMilliseconds(100),
            ReconnectWaitMax = TimeSpan.FromMilliseconds(200),
        });
        await client.ConnectAsync();
        return client;
    }

    private static Task Ended(NatsConnection client)
    {
        var ended = new TaskCompletionSource();
        client.ConnectionDisconnected += (_, _) =>
        {
            ended.TrySetResult();
            return ValueTask.CompletedTask;
        };
        return ended.Task;
    }
}
