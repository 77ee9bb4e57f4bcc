using NATS.Client.Core;

namespace NatsKeys.Tests.Server;

/// <summary>
/// A test with a real server: operator O2 with the system account SYS and the accounts A and B. Of these the server knows the system account alone.
/// All tests with a server lie in this folder, those of the cmdlets too that are of no use without one: each runs against every server that there is.
/// </summary>
public abstract class ResolverTest : ModuleTest, IAsyncLifetime
{
    private protected const string Full = "type: full\nallow_delete: false";
    private protected const string Deleting = "type: full\nallow_delete: true";
    private protected const string Cache = "type: cache";

    private protected ResolverTest()
    {
        Server = new NatsServer(PathOf("server"));
        Run(
            """
            $o = New-NatsOperator O2 -SystemAccount SYS
            $ok = $o | Add-NatsSigningKey
            $a = $o | New-NatsAccount A -SigningKey $o.Subject
            $b = $o | New-NatsAccount B -SigningKey $o.Subject
            """);
    }

    private protected NatsServer Server { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync()
    {
        Server.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Starts the server with a resolver of its own folder, and tells the operator where it is.</summary>
    private protected async Task StartAsync(string resolver)
    {
        await Server.StartAsync(Configuration(resolver, "server/jwt"));
        Run("Set-NatsOperator O2 -ServiceUrl $url", ("url", Server.Url));
    }

    /// <summary>Starts the server with all accounts in its configuration.</summary>
    private protected async Task StartInMemoryAsync()
    {
        await Server.StartAsync((string)Value("New-NatsServerConfig -Operator O2 -Resolver Memory")!);
        Run("Set-NatsOperator O2 -ServiceUrl $url", ("url", Server.Url));
    }

    /// <summary>The operator's part of a configuration.</summary>
    private protected string Configuration(string resolver, string folder)
    {
        string system = (string)Value("(Get-NatsAccount SYS -Operator O2).Subject")!;
        return $$"""
            operator: {{Value("(Get-NatsOperator O2).Jwt")}}
            system_account: {{system}}
            resolver {
                {{resolver}}
                dir: '{{PathOf(folder)}}'
            }
            resolver_preload: {
                {{system}}: {{Value("(Get-NatsAccount SYS -Operator O2).Jwt")}}
            }

            """;
    }

    /// <summary>The file in which the server keeps an account.</summary>
    private protected string Kept(string account) => PathOf($"server/jwt/{Value($"(Get-NatsAccount {account} -Operator O2).Subject")}.jwt");

    /// <summary>Gives a token to the server past every check, as tools do that check nothing.</summary>
    private protected async Task PushAsync(string token)
    {
        Run("Get-NatsUser sys | Export-NatsCredential ./pushing.creds -Force");
        await using NatsConnection connection = await Server.ConnectAsync(PathOf("pushing.creds"));
        NatsMsg<string> answer = await connection.RequestAsync<string, string>("$SYS.REQ.CLAIMS.UPDATE", (string)Value(token)!);
        Assert.True(answer.Data?.Contains("jwt updated", StringComparison.Ordinal), answer.Data);
    }
}
