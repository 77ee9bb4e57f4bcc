using NatsKeys.Rules;
using NatsKeys.Tests.Documents;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>Stores in a bucket of a real server: what it must be, what its users need, and what is said where something is missing.</summary>
public sealed class BucketTests : ModuleTest, IAsyncLifetime
{
    private readonly NatsServer server;

    public BucketTests() => server = new NatsServer(PathOf("server")) { Port = NatsServer.FreePort() };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        server.Dispose();
        return Task.CompletedTask;
    }

    [NatsServerFact]
    public async Task A_server_that_takes_no_batches_is_told_by_its_version_and_keeps_nothing()
    {
        await StartOpenAsync("jetstream { store_dir: 'jetstream' }");
        if (server.Version.Has(ServerFeature.AtomicBatches))
        {
            Run("$store = New-NatsStore -Bucket b -Server $url -Credential ./admin.creds; New-NatsOperator O -Store $store");
            Assert.Equal("StoreExists", ErrorOf("New-NatsStore -Bucket b -Server $url -Credential ./admin.creds"));
            Holds("(Get-NatsOperator -Store $store).Name -eq 'O'");
            return;
        }

        TerminatingErrorException error = Ends("New-NatsStore -Bucket b -Server $url -Credential ./admin.creds -ErrorAction Stop");
        Assert.Equal("ServerTooOld", error.ErrorId.Split(',')[0]);
        Assert.Contains("2.12", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Session.Folder, "*KV_b*", SearchOption.AllDirectories));
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task A_server_without_JetStream_is_told()
    {
        await StartOpenAsync("");
        TerminatingErrorException error = Ends("New-NatsStore -Bucket b -Server $url -Credential ./admin.creds -ErrorAction Stop");
        Assert.Contains("JetStream", error.Message, StringComparison.Ordinal);
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task A_server_that_is_gone_and_one_that_lost_the_bucket_are_told_and_nothing_is_read_from_memory()
    {
        await StartOpenAsync("jetstream { store_dir: 'jetstream' }");
        Run("$store = New-NatsStore -Bucket b -Server $url -Credential ./admin.creds");
        Run("New-NatsOperator O -Store $store | New-NatsAccount A | Out-Null; Get-NatsAccount -Store $store");
        server.Stop();
        Run("Start-Sleep 1");
        Assert.Equal("ServerUnreachable", ErrorOf("Get-NatsAccount A -Store $store"));
        Assert.Equal("ServerUnreachable", ErrorOf("New-NatsAccount B -Operator O -Store $store"));

        Directory.Delete(PathOf("server/jetstream"), recursive: true);
        await server.StartAsync("jetstream { store_dir: 'jetstream' }");
        Assert.Equal("StoreNotFound", ErrorOf("Get-NatsAccount A -Store $store"));
        Assert.Equal("StoreNotFound", ErrorOf("New-NatsAccount B -Operator O -Store $store"));
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task What_the_page_says_of_permissions_is_enough_and_less_is_refused()
    {
        Run(
            """
            $boot = New-NatsStore ./boot -KeyPath ./boot-keys
            New-NatsOperator BOOT -SystemAccount SYS -Store $boot | Add-NatsSigningKey
            New-NatsAccount KEYS -Store $boot
            Set-NatsJetStreamLimit -Account KEYS -MaxDisk 100MB -MaxStreams 2 -Store $boot
            New-NatsUser admin -Account KEYS -Store $boot | Export-NatsCredential ./admin.creds
            """);
        string both = Permissions();
        string reading = both.Replace("'$KV.natskeys.>'", "", StringComparison.Ordinal);
        Assert.NotEqual(both, reading);
        Run(both);
        Run(reading.Replace("-Role store", "-Role reader", StringComparison.Ordinal).Replace("ann", "reader", StringComparison.Ordinal));
        Run("$config = New-NatsServerConfig -Resolver Memory -JetStream -JetStreamDirectory ./jetstream -Store $boot");
        string text = (string)Value("$config")!;
        await server.StartAsync(port => $"listen: 127.0.0.1:{port}\n{WithoutListen(text)}");
        Run("New-NatsStore -Bucket natskeys -Server $url -Credential ./admin.creds", ("url", server.Url));
        Run(
            """
            $store = Get-NatsStore -Bucket natskeys -Server $url -Credential ./ann.creds
            New-NatsOperator ACME -Store $store | Add-NatsSigningKey | New-NatsAccount orders | Add-NatsSigningKey
            1..20 | ForEach-Object { "u$_" } | New-NatsUser -Account orders -Store $store
            Update-NatsSigningKey (Get-NatsSigningKey -Account orders -Store $store).PublicKey -Store $store
            Rename-NatsAccount orders -NewName sales -Store $store
            $store | Watch-NatsStore -For 1s
            """);
        Holds("Test-NatsStore $store", "(Get-NatsUser -Store $store).Count -eq 20", "@(Get-NatsStore -Bucket natskeys -Server $url -Credential "
            + "./ann.creds -History).Count -gt 20");

        Run("$readable = Get-NatsStore -Bucket natskeys -Server $url -Credential ./reader.creds");
        Holds("(Get-NatsUser -Store $readable).Count -eq 20");
        Assert.Equal("ServerRefused", ErrorOf("New-NatsAccount more -Store $readable"));
        Holds("(Get-NatsAccount -Store $store).Name -eq 'sales'");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task The_mirror_has_one_commit_for_what_changed_and_none_for_nothing()
    {
        await StartOpenAsync("jetstream { store_dir: 'jetstream' }");
        Run(
            """
            $store = New-NatsStore -Bucket b -Server $url -Credential ./admin.creds
            New-NatsOperator O -Store $store | New-NatsAccount A | New-NatsUser U, V | Out-Null
            $env:GIT_AUTHOR_NAME = $env:GIT_COMMITTER_NAME = 'mirror'
            $env:GIT_AUTHOR_EMAIL = $env:GIT_COMMITTER_EMAIL = 'mirror@example.com'
            """);
        const string Mirror = "$lent.NATSKEYS_CREDENTIAL = \"$pwd/admin.creds\"; $commits += @(& $script -Path ./mirror -Store \"$url/b\")";
        Run("$commits = @()", ("script", Path.Combine(Document.Root, "examples/runbooks/Sync-StoreMirror.ps1")));
        Run(Mirror);
        Run("Remove-NatsUser V -Account A -Store $store -Confirm:$false -WarningAction Ignore");
        Run(Mirror);
        Run(Mirror);
        Holds(
            "$commits.Count -eq 2 -and $commits[0] -ne $commits[1]", "(git -C ./mirror log --oneline).Count -eq 2", "Test-NatsStore ./mirror",
            "(Get-NatsUser -Store ./mirror).Name -eq 'U'", "(Get-NatsUser U -Store ./mirror).Jwt -eq (Get-NatsUser U -Store $store).Jwt");
    }

    /// <summary>The script of the page, without the words around it.</summary>
    private static string Permissions() => Document.Read("docs/buckets.md").Page.All.Single(section => section.Title == "Permissions").Blocks
        .Single(block => block.Kind == MarkdownBlockKind.Code).Text;

    private static string WithoutListen(string configuration) =>
        string.Join('\n', configuration.Split('\n').Where(line => !line.StartsWith("listen", StringComparison.Ordinal)
            && !line.StartsWith("port", StringComparison.Ordinal) && !line.StartsWith("host", StringComparison.Ordinal)));

    /// <summary>Starts a server that lets everybody in; the credentials may come from anywhere.</summary>
    private async Task StartOpenAsync(string configuration)
    {
        await server.StartAsync(configuration);
        Run(
            """
            New-NatsOperator BOOT -Store (New-NatsStore -InMemory) | New-NatsAccount KEYS | New-NatsUser admin | Export-NatsCredential ./admin.creds
            """,
            ("url", server.Url));
    }

    private string ErrorOf(string script) => RunToEnd(script).Errors[^1].FullyQualifiedErrorId.Split(',')[0];
}
