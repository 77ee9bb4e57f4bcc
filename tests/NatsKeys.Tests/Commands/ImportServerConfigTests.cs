using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NatsKeys.Tests.Commands;

/// <summary>Configurations of servers whose accounts lie elsewhere: at a web address, or in a folder that only caches them.</summary>
public sealed class ImportServerConfigTests : ModuleTest
{
    public ImportServerConfigTests() => Run(
        """
        $from = New-NatsStore ./lost -KeyPath ./keys
        $o = New-NatsOperator O2 -Store $from
        $sys = $o | New-NatsAccount SYS
        $a = $o | New-NatsAccount A
        $o = $o | Set-NatsOperator -SystemAccount SYS -PassThru
        $t = New-NatsStore ./found -KeyPath ./keys
        """);

    [Theory]
    [InlineData("resolver: URL(http://127.0.0.1:{0}/jwt/v1/accounts/)")]
    [InlineData("resolver: URL(\"http://127.0.0.1:{0}/jwt/v1/accounts\")")]
    public async Task A_web_address_lists_no_accounts_and_gives_the_one_of_the_system(string resolver)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> asked = ServeAsync(listener, (string)Value("(Get-NatsAccount SYS -Store $from).Jwt")!);
        WriteFile("server.conf", $"operator: {Value("$o.Jwt")}\n{string.Format(null, resolver, ((IPEndPoint)listener.LocalEndpoint).Port)}\n");

        Run("Import-NatsStore ./server.conf -Store $t -WarningVariable warned -WarningAction Ignore");

        Assert.StartsWith($"GET /jwt/v1/accounts/{Value("$sys.Subject")} ", await asked, StringComparison.Ordinal);
        Holds("\"$((Get-NatsAccount -Store $t).Name)\" -eq 'SYS'", "(Get-NatsOperator -Store $t).Subject -eq $o.Subject", "@($warned).Count -eq 1");
    }

    [Fact]
    public void An_address_that_does_not_answer_is_an_error()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        WriteFile("server.conf", $"operator: {Value("$o.Jwt")}\nresolver: URL(http://127.0.0.1:{port}/jwt/v1/accounts/)\n");

        Reports("DownloadFailed", "Import-NatsStore ./server.conf -Store $t -WarningAction Ignore");
    }

    [Fact]
    public void The_folder_of_a_cache_has_the_accounts_that_the_server_used()
    {
        Run("$accounts = Get-NatsAccount -Store $from; New-Item ./cache -ItemType Directory | Out-Null; "
            + "$accounts | ForEach-Object { Set-Content \"./cache/$($_.Subject).jwt\" $_.Jwt -NoNewline }");
        WriteFile("server.conf", $"operator: {Value("$o.Jwt")}\nresolver {{\n  type: cache\n  dir: './cache'\n  ttl: '1h'\n}}\n");

        Run("Import-NatsStore ./server.conf -Store $t");

        Holds("\"$((Get-NatsAccount -Store $t).Name)\" -eq 'A SYS'", "(Test-NatsStore $t)");
    }

    /// <summary>The text of a configuration is read as its file is. Paths in it are relative to the location.</summary>
    [Theory]
    [InlineData("Get-Content ./server.conf -Raw | Import-NatsStore -Store $t")]
    [InlineData("Import-NatsStore (Get-Content ./server.conf -Raw) -Store $t")]
    [InlineData("(Get-Content ./server.conf) -join [char]10 | Import-NatsStore -Store $t")]
    public void The_text_of_a_configuration_is_read_too(string script)
    {
        Run("New-Item ./more -ItemType Directory | Out-Null");
        WriteFile("server.conf", $"# ours\n\noperator: {Value("$o.Jwt")}\nsystem_account: {Value("$sys.Subject")}\nresolver: MEMORY\n"
            + $"resolver_preload: {{\n  {Value("$sys.Subject")}: {Value("$sys.Jwt")}\n}}\ninclude ./more/a.conf\n");
        WriteFile("more/a.conf", $"resolver_preload: {{ {Value("$a.Subject")}: {Value("$a.Jwt")}, {Value("$sys.Subject")}: {Value("$sys.Jwt")} }}\n");

        Run(script);

        Holds("\"$((Get-NatsAccount -Store $t).Name)\" -eq 'A SYS'", "(Get-NatsOperator -Store $t).Jwt -ceq $o.Jwt");
    }

    [Fact]
    public void The_text_that_New_NatsServerConfig_gives_is_read()
    {
        Run("New-NatsServerConfig -Operator $o -Resolver Memory | Import-NatsStore -Store $t -WarningAction Ignore");
        Holds("\"$((Get-NatsAccount -Store $t).Name)\" -eq 'A SYS'");
    }

    [Fact]
    public void A_malformed_text_and_a_single_line_are_errors_that_say_what_to_do()
    {
        WriteFile("server.conf", $"operator: {Value("$o.Jwt")}\nresolver: MEMORY\n");
        Assert.Contains(
            "-Raw", Refuses("InvalidServerConfig", "Get-Content ./server.conf | Import-NatsStore -Store $t"), StringComparison.Ordinal);
        Assert.StartsWith("The text cannot", Reports("InvalidServerConfig", "\"operator: $($o.Jwt)`nresolver: {`n\" | Import-NatsStore -Store $t"),
            StringComparison.Ordinal);
        Holds("-not (Get-NatsOperator -Store $t)");
    }

    /// <summary>Answers one request with a token, and gives its first line.</summary>
    private static async Task<string> ServeAsync(TcpListener listener, string token)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using NetworkStream stream = client.GetStream();
        byte[] request = new byte[4096];
        int count = await stream.ReadAsync(request);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {token.Length}\r\nConnection: close\r\n\r\n{token}"));
        return Encoding.ASCII.GetString(request, 0, count).Split('\r')[0];
    }
}
