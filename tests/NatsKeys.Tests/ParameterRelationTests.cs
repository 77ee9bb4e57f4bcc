namespace NatsKeys.Tests;

/// <summary>
/// Parameters that exclude or need each other, where no parameter set says so. Each has the reason. All others are parameter sets, whose errors are
/// the engine's.
/// </summary>
public class ParameterRelationTests : ModuleTest
{
    private const string Rows = "What a row of the pipeline says is known after the parameter set is chosen.";
    private const string Shared = "The settings are a group that several cmdlets share, and stand in every set.";
    private const string Free = "The parts of a configuration combine freely. Sets would be as many as the combinations.";
    private const string State = "It depends on what the store has.";
    private const string Given = "It depends on the value or the number of values, not on which parameters there are.";
    private const string Doubled = "Each set would be there twice.";
    private const string Asked = "The engine would ask for a switch.";
    private const string Unclear = "The engine would say that the parameter set cannot be resolved, and not what to do.";

    private static readonly (string Script, string Error, string Reason)[] Relations =
    [
        ("New-NatsUser V -Account A -Role reader -SigningKey $k", "InvalidClaims", Rows),
        ("$k | New-NatsUser V -Role reader", "InvalidClaims", Rows),
        ("New-NatsUser V, W -Account A -Key (New-NatsKeyPair User)", "InvalidClaims", Given),
        ("Add-NatsSigningKey -Account A -AllowPublish x", "InvalidClaims", Shared),
        ("Add-NatsSigningKey -Account A -Description x", "InvalidClaims", Shared),
        ("$o | Add-NatsSigningKey -Role reader", "InvalidClaims", Rows),
        ("Set-NatsAuthCallout U -Account A -EncryptionKey (New-NatsKeyPair Curve) -RemoveEncryptionKey", "InvalidClaims", Doubled),
        ("Set-NatsAuthCallout -Account A -AllowedAccount A", "InvalidClaims", State),
        ("Set-NatsJetStreamLimit -Account A -MaxStreams 3", "InvalidLimit", State),
        ("Add-NatsExport svc Service -Account A -LatencySampling 20", "InvalidClaims", Shared),
        ("Set-NatsAccount A -TraceSampling 20", "InvalidClaims", Shared),
        ("Add-NatsImport x -Account A -From (New-NatsKeyPair Account).PublicKey", "InvalidClaims", State),
        ("Add-NatsRevocation U -Account A -At Never", "InvalidTime", Given),
        ("Export-NatsCredential U -Expires 15m", "FileExists", Unclear),
        ("Export-NatsCredential U ./u.creds -Expires Never", "InvalidTime", Given),
        ("Export-NatsContext U -Server nats://localhost -Certificate c.pem -ExportCredential", "InvalidContext", Doubled),
        ("Remove-NatsKeyPair -Type User", "InvalidClaims", Asked),
        ("Receive-NatsAccount -All -Store $empty", "NoSystemAccount", State),
        ("New-NatsServerConfig -Resolver Memory -HardDelete", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -Directory jwt", "InvalidServerConfig", Given),
        ("New-NatsServerConfig -Resolver Memory -TlsCertificate c.pem", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -HttpPort 1 -HttpsPort 2", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -HttpsPort 2", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -Route nats://a:1", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -GatewayRejectUnknown", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -GatewayPort 1", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -WebSocketNoTls", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -WebSocketPort 1", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -MqttPort 1 -JetStream", "InvalidServerConfig", Free),
        ("New-NatsServerConfig -Resolver Memory -MqttPort 1 -ServerName n", "InvalidServerConfig", Free),
    ];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach ((string script, string error, string reason) in Relations)
        {
            Assert.NotEmpty(reason);
            cases.Add(script, error);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_error_comes_before_anything_is_done(string script, string error)
    {
        Run(
            "$o = New-NatsOperator O2; $a = $o | New-NatsAccount A; $k = $a | Add-NatsSigningKey; $u = $a | New-NatsUser U; "
                + "$empty = New-NatsStore ./empty");
        string[] before = Snapshot();
        Reports(error, script);
        Assert.Equal(before, Snapshot());
    }
}
