using NATS.Client.Core;

namespace NatsKeys.Tests.Server;

/// <summary>What a real server thinks of what the module makes.</summary>
public sealed class ServerTests : ModuleTest, IAsyncLifetime
{
    private readonly NatsServer server;

    public ServerTests()
    {
        server = new NatsServer(Session.Folder);
        Run(
            """
            $ok = New-NatsOperator O2 | Add-NatsSigningKey
            $a = $ok | New-NatsAccount A
            $ak = $a | Add-NatsSigningKey
            $other = $a | Add-NatsSigningKey
            $ak | New-NatsUser U | Export-NatsCredential ./U.creds
            $other | New-NatsUser V | Export-NatsCredential ./V.creds
            $a | New-NatsUser I -SigningKey $a.Subject | Export-NatsCredential ./I.creds
            """);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        server.Dispose();
        return Task.CompletedTask;
    }

    [NatsServerFact]
    public async Task The_credentials_of_the_walkthrough_publish_and_receive()
    {
        await StartAsync();
        await using NatsConnection connection = await server.ConnectAsync(PathOf("U.creds"));
        await using INatsSub<string> subscription = await connection.SubscribeCoreAsync<string>("greetings");
        await connection.PingAsync();

        await connection.PublishAsync("greetings", "hello");

        using var patience = new CancellationTokenSource(NatsServer.Patience);
        NatsMsg<string> message = await subscription.Msgs.ReadAsync(patience.Token);
        Assert.Equal("hello", message.Data);
    }

    [NatsServerFact]
    public async Task A_user_of_a_role_may_do_what_the_template_says_and_nothing_else()
    {
        Run(
            """
            $a | Add-NatsSigningKey -Role sensor -AllowPublish 'tele.{{name()}}.>' -AllowSubscribe 'tele.>', '_INBOX.>' | Out-Null
            New-NatsUser s1 -Account A -SigningKey sensor | Export-NatsCredential ./s1.creds
            """);
        await StartAsync();
        await using NatsConnection connection = await server.ConnectAsync(PathOf("s1.creds"));
        await using INatsSub<string> subscription = await connection.SubscribeCoreAsync<string>("tele.>");
        await connection.PingAsync();

        // The first is dropped by the server, so that the second is what arrives.
        await connection.PublishAsync("tele.s2.temp", "somebody else's");
        await connection.PublishAsync("tele.s1.temp", "mine");

        using var patience = new CancellationTokenSource(NatsServer.Patience);
        NatsMsg<string> message = await subscription.Msgs.ReadAsync(patience.Token);
        Assert.Equal("mine", message.Data);
        Holds("-not (Test-NatsPermission -User A/s1 -Publish tele.s2.temp)", "(Test-NatsPermission -User A/s1 -Publish tele.s1.temp)");
    }

    [NatsServerFact]
    public async Task A_revoked_user_is_refused_and_gets_in_once_it_is_signed_again()
    {
        await StartAsync();
        await GetsInAsync("U.creds");

        Run("Get-NatsUser U | Add-NatsRevocation");
        await StartAsync();
        await IsRefusedAsync("U.creds");
        await GetsInAsync("V.creds");

        // Revoked and signed again within one second: the new token is issued in the next one.
        Run("Get-NatsUser U | Set-NatsUser -AddTag again -PassThru | Export-NatsCredential ./U.creds -Force");
        await StartAsync();
        await GetsInAsync("U.creds");
    }

    [NatsServerFact]
    public async Task Default_permissions_and_limits_of_the_account_hold()
    {
        Run("$a | Set-NatsAccount -AllowPublish ok -AllowSubscribe ok -MaxConnections 1");
        await StartAsync();
        await using NatsConnection connection = await server.ConnectAsync(PathOf("U.creds"));
        await using INatsSub<string> subscription = await connection.SubscribeCoreAsync<string>("ok");
        await connection.PingAsync();
        await connection.PublishAsync("forbidden", "x");
        await connection.PublishAsync("ok", "y");

        using var patience = new CancellationTokenSource(NatsServer.Patience);
        Assert.Equal("y", (await subscription.Msgs.ReadAsync(patience.Token)).Data);
        await Assert.ThrowsAnyAsync<NatsException>(() => server.ConnectAsync(PathOf("V.creds")));
    }

    [NatsServerFact]
    public async Task A_mapped_subject_goes_where_the_account_says()
    {
        Run("$a | Add-NatsSubjectMapping from to");
        await StartAsync();
        await using NatsConnection connection = await server.ConnectAsync(PathOf("U.creds"));
        await using INatsSub<string> subscription = await connection.SubscribeCoreAsync<string>("to");
        await connection.PingAsync();
        await connection.PublishAsync("from", "x");

        using var patience = new CancellationTokenSource(NatsServer.Patience);
        Assert.Equal("x", (await subscription.Msgs.ReadAsync(patience.Token)).Data);
    }

    [NatsServerFact]
    public async Task A_user_of_the_identity_key_gets_in()
    {
        Holds("(Get-NatsUser I).Issuer -eq $a.Subject");
        await StartAsync();
        await GetsInAsync("I.creds");
    }

    [NatsServerFact]
    public async Task A_user_of_a_removed_signing_key_is_refused_and_one_of_another_key_is_not()
    {
        await StartAsync();
        await GetsInAsync("U.creds");

        Run("$ak | Remove-NatsSigningKey -Confirm:$false");
        await StartAsync();

        await IsRefusedAsync("U.creds");
        await GetsInAsync("V.creds");
        await GetsInAsync("I.creds");
    }

    [NatsServerFact]
    public async Task Users_of_an_account_whose_operator_signing_key_was_removed_are_refused()
    {
        await StartAsync();
        await GetsInAsync("U.creds");

        Run("$ok | Remove-NatsSigningKey -Confirm:$false");
        await StartAsync();

        await IsRefusedAsync("U.creds");
        await IsRefusedAsync("I.creds");
    }

    [NatsServerFact]
    public async Task A_user_of_another_operator_is_refused()
    {
        Run("New-NatsOperator Other | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential "
            + "./foreign.creds");
        await StartAsync();
        await IsRefusedAsync("foreign.creds");
        await GetsInAsync("U.creds");
    }

    [NatsServerFact]
    public async Task An_account_that_is_made_later_is_known_after_a_restart()
    {
        await StartAsync();
        Run("$ok | New-NatsAccount B | New-NatsUser W | Export-NatsCredential ./W.creds");
        await IsRefusedAsync("W.creds");
        await StartAsync();
        await GetsInAsync("W.creds");
    }

    [NatsServerFact]
    public async Task A_user_that_is_not_valid_yet_is_refused()
    {
        Run("$ak | New-NatsUser Later -NotBefore 2099-01-01 | Export-NatsCredential ./Later.creds");
        await StartAsync();
        await IsRefusedAsync("Later.creds");
    }

    [NatsServerFact]
    public async Task Odd_names_do_not_break_the_configuration()
    {
        Run(
            """
            $names = "it's", '} resolver- MEMORY {', '# ; = , @', 'ünï ∑ 名前 🔑', '$x %s ${y} `n', '[a](b), {c}', "two`u{1F468}lines"
            $sk = New-NatsOperator "O'dd } ' {" | Add-NatsSigningKey
            foreach ($name in $names) { $sk | New-NatsAccount -Name $name | Out-Null }
            $sk.Owner | Get-NatsAccount "it's" | New-NatsUser "us'er } {" | Export-NatsCredential ./odd.creds
            """);
        Holds("@($sk.Owner | Get-NatsAccount).Count -eq $names.Count");

        await server.StartAsync((string)Value("$sk.Owner | New-NatsServerConfig -Resolver Memory")!);

        await GetsInAsync("odd.creds");
    }

    [NatsServerFact]
    public async Task Users_of_a_store_in_memory_get_in()
    {
        Run(Walkthrough.Replace("New-NatsOperator O2", "New-NatsOperator O2 -Store ($s = New-NatsStore -InMemory)", StringComparison.Ordinal)
            .Replace("U.creds", "memory.creds", StringComparison.Ordinal));
        await server.StartAsync((string)Value("New-NatsServerConfig -Resolver Memory -Store $s")!);
        await GetsInAsync("memory.creds");
    }

    private Task StartAsync() => server.StartAsync((string)Value("New-NatsServerConfig -Operator O2 -Resolver Memory")!);

    private async Task GetsInAsync(string credentials)
    {
        await using NatsConnection connection = await server.ConnectAsync(PathOf(credentials));
        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
    }

    private async Task IsRefusedAsync(string credentials)
    {
        NatsException error = await Assert.ThrowsAsync<NatsException>(() => server.ConnectAsync(PathOf(credentials)));
        Assert.Contains("authorization", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
