namespace NatsKeys.Tests.Commands;

public class NewNatsServerConfigTests : ModuleTest
{
    public NewNatsServerConfigTests() => Run("$o = New-NatsOperator O2; $a = $o | New-NatsAccount A; $b = $o | New-NatsAccount B");

    [Theory]
    [InlineData("New-NatsServerConfig -Resolver Memory")]
    [InlineData("New-NatsServerConfig -Operator O2 -Resolver Memory -Store $storeRoot")]
    [InlineData("$o | New-NatsServerConfig -Resolver Memory")]
    public void The_configuration_has_the_operator_and_every_account(string script)
    {
        Run($"$text = {script}");
        Holds(
            "$text -is [string]",
            "$text.Contains(\"operator: $($o.Jwt)\")",
            "$text.Contains('resolver: MEMORY')");
        Holds("$text.Contains(\"$($a.Subject): $($a.Jwt)\")", "$text.Contains(\"$($b.Subject): $($b.Jwt)\")");
    }

    [Fact]
    public void It_is_the_same_whenever_it_is_made() =>
        Holds("(New-NatsServerConfig -Resolver Memory) -ceq (New-NatsServerConfig -Resolver Memory)");

    [Fact]
    public void Path_writes_a_file_and_PassThru_gives_it()
    {
        Assert.Empty(Run("New-NatsServerConfig ./r.conf -Resolver Memory").Output);
        Holds("[System.IO.File]::ReadAllText(\"$pwd/r.conf\") -ceq (New-NatsServerConfig -Resolver Memory)");
        Assert.DoesNotMatch(SeedText.Pattern(), File.ReadAllText(PathOf("r.conf")));
        Holds("(New-NatsServerConfig -Path s.conf -Resolver Memory -PassThru).FullName -eq [IO.Path]::GetFullPath(\"$pwd/s.conf\")");
    }

    [Fact]
    public void An_existing_file_is_replaced_only_with_Force()
    {
        WriteFile("r.conf", "mine");
        Assert.Contains(PathOf("r.conf"), Reports("FileExists", "New-NatsServerConfig r.conf -Resolver Memory"), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("r.conf")));
        Run("New-NatsServerConfig r.conf -Resolver Memory -Force");
        Assert.Contains("resolver: MEMORY", File.ReadAllText(PathOf("r.conf")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_is_not_signed_is_an_error_and_no_file_is_made()
    {
        string file = PathOf("store/O2/accounts/B/account.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text[..text.IndexOf("jwt:", StringComparison.Ordinal)]);

        Assert.Contains("O2/B", Reports("InvalidServerConfig", "New-NatsServerConfig r.conf -Resolver Memory"), StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("r.conf")));
    }

    [Fact]
    public void One_bad_operator_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsOperator Last | Out-Null");
        Reports("EntityNotFound", "$texts = 'O2', 'None', 'Last' | New-NatsServerConfig -Resolver Memory");
        Holds("$texts.Count -eq 2");
        Reports("EntityAmbiguous", "New-NatsServerConfig -Resolver Memory");
    }

    [Fact]
    public void An_unknown_resolver_is_an_error() =>
        Assert.Contains("Memory", Ends("New-NatsServerConfig -Resolver Disk").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("-Resolver Full -Directory ./x", "dir: \"./x\"")]
    [InlineData("-Resolver Full -AllowDelete", "allow_delete: true")]
    [InlineData("-Resolver Full -AllowDelete -HardDelete", "hard_delete: true")]
    [InlineData("-Resolver Full -AllowDelete -HardDelete:$false", "hard_delete: false")]
    [InlineData("-Resolver Full -Interval 90s", "interval: \"90s\"")]
    [InlineData("-Resolver Cache -Timeout ([timespan]::FromSeconds(2.5))", "timeout: \"2.5s\"")]
    [InlineData("-Resolver Cache -Limit 12", "limit: 12")]
    [InlineData("-Resolver Cache -Ttl 1d", "ttl: \"24h\"")]
    [InlineData("-Resolver Memory -ServerName n1", "server_name: \"n1\"")]
    [InlineData("-Resolver Memory -Address ::1", "host: \"::1\"")]
    [InlineData("-Resolver Memory -Port 4333", "port: 4333")]
    [InlineData("-Resolver Memory -HttpPort 8333", "http_port: 8333")]
    [InlineData("-Resolver Memory -LeafNodePort 7433", "leafnodes {")]
    [InlineData("-Resolver Memory -ClusterPort 6333 -ClusterName C", "name: \"C\"")]
    [InlineData("-Resolver Memory -ClusterPort 6333 -Route a:1, b:2", "routes: [\"nats://a:1\", \"nats://b:2\"]")]
    [InlineData("-Resolver Memory -ServerVersion 2.9.10", "resolver: MEMORY")]
    [InlineData("-Resolver Memory -TlsCertificate c.pem -TlsKey k.pem", "cert_file: \"c.pem\"")]
    [InlineData("-Resolver Memory -TlsCertificate c.pem -TlsKey 'C:\\k x\\$y.pem'", "key_file: \"C:\\\\k x\\\\$y.pem\"")]
    [InlineData("-Resolver Memory -TlsCertificate c -TlsKey k -TlsCertificateAuthority ca.pem -TlsVerify", "ca_file: \"ca.pem\"\n    verify: true")]
    [InlineData("-Resolver Memory -TlsCertificate c -TlsKey k -TlsFirst", "handshake_first: true")]
    [InlineData("-Resolver Memory -TlsCertificate c -TlsKey k -TlsTimeout 5s", "timeout: \"5s\"")]
    [InlineData("-Resolver Memory -TlsCertificate c -TlsKey k -HttpsPort 8443", "https_port: 8443")]
    [InlineData("-Resolver Memory -MaxConnections Unlimited", "max_connections: -1")]
    [InlineData("-Resolver Memory -MaxSubscriptions 9", "max_subscriptions: 9")]
    [InlineData("-Resolver Memory -MaxPayload 8MiB", "max_payload: 8388608")]
    [InlineData("-Resolver Memory -MaxControlLine 8kb", "max_control_line: 8192")]
    [InlineData("-Resolver Memory -MaxPending 1GiB", "max_pending: 1073741824")]
    [InlineData("-Resolver Memory -WebSocketPort 8080 -WebSocketNoTls", "port: 8080\n    no_tls: true")]
    [InlineData("-Resolver Memory -WebSocketPort 8080 -WebSocketNoTls -WebSocketOrigin https://a.b", "allowed_origins: [\"https://a.b\"]")]
    [InlineData("-Resolver Memory -WebSocketPort 8080 -WebSocketNoTls -WebSocketSameOrigin", "same_origin: true")]
    [InlineData("-Resolver Memory -WebSocketPort 8080 -WebSocketNoTls -WebSocketCompression", "compression: true")]
    [InlineData("-Resolver Memory -WebSocketPort 8080 -WebSocketNoTls -WebSocketJwtCookie c", "jwt_cookie: \"c\"")]
    [InlineData("-Resolver Memory -MqttPort 1883 -ServerName n -JetStream", "port: 1883")]
    [InlineData("-Resolver Memory -GatewayPort 7222 -GatewayName east -Gateway ([ordered]@{ west = 'w:1' })", "urls: [\"nats://w:1\"]")]
    [InlineData("-Resolver Memory -GatewayPort 7222 -ClusterName east -GatewayRejectUnknown", "reject_unknown_cluster: true")]
    [InlineData("-Resolver Memory -LeafNodeRemote @{ Url = 'h:1', 'h:2'; Account = 'A' }", "urls: [\"nats://h:1\", \"nats://h:2\"]")]
    [InlineData("-Resolver Memory -LeafNodeRemote @{ url = 'h:1'; account = $a; CredentialPath = './l.creds' }", "credentials: \"./l.creds\"")]
    [InlineData("-Resolver Memory -JetStream", "store_dir: \"./jetstream\"")]
    [InlineData("-Resolver Memory -JetStreamDirectory /js", "store_dir: \"/js\"")]
    [InlineData("-Resolver Memory -JetStreamDomain hub", "domain: \"hub\"")]
    [InlineData("-Resolver Memory -JetStreamMaxMemory 64MiB", "max_memory_store: 67108864")]
    [InlineData("-Resolver Memory -JetStreamMaxFile 1GiB", "max_file_store: 1073741824")]
    public void A_parameter_stands_in_the_configuration(string arguments, string expected) =>
        Assert.Contains($"{expected}\n", (string)Value($"New-NatsServerConfig -SystemAccount A {arguments}")!, StringComparison.Ordinal);

    /// <summary>The libraries know it as -1, and nobody types that.</summary>
    [Theory]
    [InlineData("-MaxPayload")]
    [InlineData("-MaxControlLine")]
    [InlineData("-MaxPending")]
    public void What_cannot_be_unlimited_is_named_as_it_was_typed(string parameter) => Assert.Contains(
        "Unlimited", Reports("InvalidServerConfig", $"New-NatsServerConfig -Resolver Memory {parameter} Unlimited"), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "127.0.0.1", true)]
    [InlineData("-Address 127.0.0.1", "127.0.0.1", true)]
    [InlineData("-Address 0.0.0.0", "0.0.0.0", false)]
    public void Only_the_machine_itself_can_connect_unless_an_address_is_given(string arguments, string host, bool hasRemark)
    {
        string text = (string)Value($"New-NatsServerConfig -Resolver Memory -LeafNodePort 7433 {arguments}")!;
        Assert.Equal(2, text.Split($"host: \"{host}\"\n").Length - 1);
        Assert.Equal(2, text.Split("host: ").Length - 1);
        Assert.Equal(hasRemark, text.Contains("// Only this machine can connect.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-Resolver Full", false, false)]
    [InlineData("-Resolver Cache -Account B", true, false)]
    [InlineData("-Resolver Memory -Account $b", true, false)]
    [InlineData("-Resolver Memory -Account O2/B, C", true, true)]
    [InlineData("-Resolver Full -Account (Get-NatsAccount)", true, true)]
    [InlineData("-Resolver Memory", true, true)]
    public void The_system_account_and_those_that_were_named_are_known_from_the_start(string arguments, bool hasB, bool hasC)
    {
        Run($"$c = $o | New-NatsAccount C; Set-NatsOperator O2 -SystemAccount A; $text = New-NatsServerConfig {arguments}");
        Holds("$text.Contains(\"system_account: $($a.Subject)\")", "$text.Contains(\"$($a.Subject): $($a.Jwt)\")");
        Assert.Equal(hasB, Value("$text.Contains(\"$($b.Subject): \")"));
        Assert.Equal(hasC, Value("$text.Contains(\"$($c.Subject): \")"));
    }

    [Theory]
    [InlineData("InvalidServerConfig", "-Resolver Full")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -Ttl 1h")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -JetStream")]
    [InlineData("InvalidServerConfig", "-Resolver Cache -SystemAccount A -JetStreamMaxFile Unlimited")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -Account $foreign")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -TlsCertificate c -TlsKey k -TlsHandshakeFirst -ServerVersion 2.10.3")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -WebSocketPort 8080")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -MqttPort 1883")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -GatewayPort 7222 -ClusterName e -LeafNodePort 7422")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -LeafNodeRemote @{ Url = 'h:1'; Acount = 'A' }")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -LeafNodeRemote @{ Url = 'h:1' }")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -LeafNodeRemote @{ Url = 'nats://u:p@h:1'; Account = 'A' }")]
    [InlineData("InvalidServerConfig", "-Resolver Memory -DefaultSentinel (New-NatsUser NoBearer -Account O2/A)")]
    [InlineData("EntityNotFound", "-Resolver Memory -DefaultSentinel Nobody")]
    [InlineData("EntityNotFound", "-Resolver Memory -PinnedAccount None")]
    [InlineData("InvalidTime", "-Resolver Cache -SystemAccount A -Ttl soon")]
    [InlineData("InvalidTime", "-Resolver Cache -SystemAccount A -Timeout '-00:00:01'")]
    [InlineData("InvalidLimit", "-Resolver Memory -SystemAccount A -JetStreamMaxFile much")]
    [InlineData("EntityNotFound", "-Resolver Memory -Account None")]
    [InlineData("EntityAmbiguous", "-Resolver Memory -Account Other/A")]
    public void What_no_server_would_start_with_is_an_error_and_no_file_is_made(string id, string arguments)
    {
        Run("$foreign = New-NatsOperator Other | New-NatsAccount A");
        Reports(id, $"New-NatsServerConfig ./r.conf -Operator O2 {arguments}");
        Assert.False(File.Exists(PathOf("r.conf")));
    }

    [Fact]
    public void OperatorPath_writes_a_file_to_which_the_configuration_refers()
    {
        Run("New-NatsServerConfig ./conf/r.conf -OperatorPath ./conf/ -Resolver Memory");
        Holds("[System.IO.File]::ReadAllText(\"$pwd/conf/O2.jwt\") -ceq \"$($o.Jwt)`n\"");
        string text = File.ReadAllText(PathOf("conf/r.conf"));
        Assert.Contains("\n// Operator \"O2\"\noperator: \"", text, StringComparison.Ordinal);
        Holds("-not [System.IO.File]::ReadAllText(\"$pwd/conf/r.conf\").Contains($o.Jwt)");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains($"operator: \"{PathOf("conf/O2.jwt")}\"\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_one_of_two_files_exists_none_is_written()
    {
        WriteFile("r.conf", "mine");
        Reports("FileExists", "New-NatsServerConfig r.conf -OperatorPath o.jwt -Resolver Memory");
        Assert.False(File.Exists(PathOf("o.jwt")));
        Reports("InvalidServerConfig", "New-NatsServerConfig x.jwt -OperatorPath x.jwt -Resolver Memory");
        Assert.False(File.Exists(PathOf("x.jwt")));
    }

    [Fact]
    public void A_seed_or_a_password_in_a_table_is_not_repeated_and_not_written()
    {
        string said = Reports(
            "InvalidServerConfig",
            $"New-NatsServerConfig -Resolver Memory -LeafNodeRemote @{{ Url = 'h:1'; Account = 'A'; CredentialPath = '{AccountSeed}' }}");
        Assert.DoesNotContain(AccountSeed[2..20], said, StringComparison.Ordinal);
        said = Reports("InvalidServerConfig",
            "New-NatsServerConfig -Resolver Memory -LeafNodeRemote @{ Url = 'nats://u:secret@h:1'; Account = 'A' }");
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_sentinel_and_the_trusted_proxies_stand_in_the_configuration()
    {
        Run("$g = $a | New-NatsUser guest -BearerToken; $p = New-NatsKeyPair User; $text = New-NatsServerConfig -Resolver Memory -DefaultSentinel "
            + "A/guest -TrustedProxy $p, $a.Subject -PinnedAccount A, $b -ServerVersion 2.12.0");
        Holds(
            "$text.Contains(\"default_sentinel: $($g.Jwt)`n\")",
            "$text.Contains(\"key: `\"$($p.PublicKey)`\"\")",
            "$text -match 'resolver_pinned_accounts: \\[\"A\\w{55}\", \"A\\w{55}\"\\]'");
        Holds("$text -ceq (New-NatsServerConfig -Resolver Memory -DefaultSentinel $g.Jwt -TrustedProxy $a.Subject, $p.PublicKey -PinnedAccount "
            + "$b.Subject, $a)");
    }

    [Fact]
    public void WhatIf_writes_nothing() =>
        Assert.Empty(LeavesFilesAlone("New-NatsServerConfig r.conf -OperatorPath o.jwt -Resolver Memory -PassThru -WhatIf").Output);
}
