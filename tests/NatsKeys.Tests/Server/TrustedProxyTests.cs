using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>Users that must come through a proxy that the server trusts: one that signs the nonce of the server as well.</summary>
public sealed class TrustedProxyTests : ResolverTest
{
    public TrustedProxyTests() => Run(
        """
        $free = $a | New-NatsUser free
        $bound = $a | New-NatsUser bound -ProxyRequired
        $role = $a | Add-NatsSigningKey -Role behind -ProxyRequired | New-NatsUser scoped
        $proxy = New-NatsKeyPair User
        $stranger = New-NatsKeyPair User
        """);

    [NatsServerTheory(ServerFeature.TrustedProxies)]
    [InlineData("free", "", true)]
    [InlineData("free", "proxy", true)]
    [InlineData("free", "stranger", false)]
    [InlineData("bound", "", false)]
    [InlineData("bound", "proxy", true)]
    [InlineData("bound", "stranger", false)]
    [InlineData("role", "", false)]
    [InlineData("role", "proxy", true)]
    public async Task A_user_that_requires_a_proxy_gets_in_through_one_alone(string user, string proxy, bool getsIn)
    {
        string operation = (string)Value("New-NatsServerConfig -Operator O2 -Resolver Memory -TrustedProxy $proxy")!;
        await Server.StartAsync($"{operation}\nauthorization {{ timeout: 60 }}\n");

        string answer = await ConnectAsync(user, proxy);

        Assert.True(answer == (getsIn ? "PONG" : "-ERR 'Authorization Violation'"), answer);
    }

    /// <summary>What a server says to the user's token, with the user's signature and a proxy's.</summary>
    private async Task<string> ConnectAsync(string user, string proxy)
    {
        var address = new Uri(Server.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        JsonNode info = JsonNode.Parse((await reader.ReadLineAsync())![5..])!;
        string nonce = info["nonce"]!.ToString();
        var connect = new JsonObject { ["jwt"] = (string)Value($"${user}.Jwt")!, ["sig"] = Sign(nonce, $"${user}.Subject"), ["verbose"] = false };
        if (proxy.Length > 0)
        {
            connect["proxy_sig"] = Sign(nonce, $"${proxy}");
        }

        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"CONNECT {connect.ToJsonString()}\r\nPING\r\n"));
        string? answer;
        do
        {
            answer = await reader.ReadLineAsync();
        }
        while (answer?.StartsWith("INFO", StringComparison.Ordinal) is true);
        return answer ?? "";
    }

    private string Sign(string nonce, string key) =>
        ((string)Run($"'{nonce}' | New-NatsSignature -SigningKey {key}").Single.BaseObject).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
