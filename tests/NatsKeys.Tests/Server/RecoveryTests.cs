using NATS.Client.Core;

namespace NatsKeys.Tests.Server;

/// <summary>A store is lost. Its servers, or their files, still have the operator and the accounts; the key root was kept.</summary>
public sealed class RecoveryTests : ResolverTest
{
    [NatsServerFact]
    public async Task A_lost_store_comes_back_from_servers_and_from_their_files_and_its_new_users_get_in()
    {
        await StartAsync(Full);
        Run(
            """
            Get-NatsAccount -Operator O2 | Publish-NatsAccount | Out-Null
            Get-NatsUser sys | Export-NatsCredential ./sys.creds
            $x = New-NatsOperator X; $foreign = $x | New-NatsAccount FOREIGN
            $key = $o.Subject
            """);
        await PushAsync("$foreign.Jwt");
        Directory.Delete(PathOf("store"), recursive: true);

        // From the servers: the operator is theirs, and what it did not sign is refused.
        Run("$s = New-NatsStore ./found");
        Assert.Contains("-Credential", Reports("NoSystemAccount", "Receive-NatsAccount -All -Store $s -Server $url"), StringComparison.Ordinal);
        Assert.Contains("O2 (", Reports("EntityNotFound",
            "Receive-NatsAccount -All -Store $s -Server $url -Credential ./sys.creds -OperatorKey (New-NatsKeyPair Operator).PublicKey"),
            StringComparison.Ordinal);
        LeavesFilesAlone("Receive-NatsAccount -All -Store $s -Server $url -Credential ./sys.creds -WhatIf");
        string[] errors = [.. Session.Run("$received = Receive-NatsAccount -All -Store $s -Server $url -Credential ./sys.creds -WarningVariable "
            + "warned -WarningAction Ignore").ErrorIds];
        Assert.Equal(["ForeignAccount"], errors);
        Holds("$received[0].Path.ToString() -eq 'operator O2'", "$received[0].Subject -eq $key", "\"$warned\" -like \"*$key*-OperatorKey*\"");
        Holds("\"$((Get-NatsAccount -Store $s).Name)\" -eq 'A B SYS'", "(Test-NatsStore $s)");
        await RequireNewUserAsync("$s", "first");

        // From the files: the configuration and the folder of the resolver.
        Run("$t = New-NatsStore ./read; Import-NatsStore ./server/server.conf -Store $t -ErrorAction SilentlyContinue -ErrorVariable refused");
        Holds("\"$((Get-NatsAccount -Store $t).Name)\" -eq 'A B SYS'", "(Test-NatsStore $t)", "@($refused).Count -eq 1",
            "\"$refused\" -like '*FOREIGN*'");
        await RequireNewUserAsync("$t", "second");
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task Accounts_that_stand_in_a_configuration_come_back_from_it_and_those_in_use_from_the_server()
    {
        await StartInMemoryAsync();
        Run("Get-NatsUser sys | Export-NatsCredential ./sys.creds; $a | New-NatsUser U | Export-NatsCredential ./U.creds; New-NatsServerConfig "
            + "./n.conf -Operator O2 -Resolver Memory");
        await using NatsConnection user = await Server.ConnectAsync(PathOf("U.creds"));
        Run("$s = New-NatsStore -InMemory; Receive-NatsAccount -Store $s -Server $url -Credential ./sys.creds -OperatorKey $o.Subject "
            + "-WarningAction Ignore | Out-Null");
        Holds("\"$((Get-NatsAccount -Store $s).Name)\" -eq 'A SYS'", "(Get-NatsOperator -Store $s).Subject -eq $o.Subject");
        Run("Import-NatsStore ./n.conf -Store $s -Force");
        Holds("\"$((Get-NatsAccount -Store $s).Name)\" -eq 'A B SYS'");
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task The_account_server_of_an_operator_is_a_place_to_push_to()
    {
        await Server.StartAsync(Configuration(Full, "server/jwt"));
        Assert.Contains("-ServiceUrl", Ends("Publish-NatsAccount A -Operator O2").Message, StringComparison.Ordinal);
        Run("Set-NatsOperator O2 -AccountServerUrl 'https://accounts.example/jwt/v1'");
        Assert.Contains("https://accounts.example/jwt/v1", Ends("Publish-NatsAccount A -Operator O2").Message, StringComparison.Ordinal);
        Run("Set-NatsOperator O2 -AccountServerUrl $url", ("url", Server.Url));
        Holds("(Publish-NatsAccount A -Operator O2).Outcome -eq 'Done'", "(Compare-NatsAccount A -Operator O2).State -eq 'Same'");

        // Servers that the operator names come first.
        Run("Set-NatsOperator O2 -ServiceUrl nats://127.0.0.1:1");
        Assert.Equal("ServerUnreachable", Ends("Publish-NatsAccount A -Operator O2 -Timeout 1s").ErrorId);
    }

    private async Task RequireNewUserAsync(string store, string name)
    {
        Run($"Get-NatsAccount A -Store {store} | New-NatsUser {name} | Export-NatsCredential ./{name}.creds");
        await using NatsConnection connection = await Server.ConnectAsync(PathOf($"{name}.creds"));
        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
    }
}
