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
    public async Task The_store_and_errors_say_why_this_bucket_was_chosen_however_it_was_opened_before()
    {
        await StartOpenAsync("jetstream { store_dir: 'jetstream' }");
        const string Lend = "$lent.NATSKEYS_STORE = \"$url/b\"; $lent.NATSKEYS_CREDENTIAL = \"$pwd/admin.creds\"; ";
        Run("$store = New-NatsStore -Bucket b -Server $url -Credential ./admin.creds");
        Run(Lend + "$parts = (Get-NatsStore \"$url/b\"), (Get-NatsStore), (Get-NatsStore \"$url/b\"); $why = $parts.Origin -join ' '");
        Holds("$why -eq 'Parameter Variable Parameter'");
        Assert.Contains("NATSKEYS_STORE", Reports("EntityNotFound", Lend + "Get-NatsAccount A"), StringComparison.Ordinal);

        string without = Reports("InvalidCredential", "$lent.NATSKEYS_STORE = \"$url/b\"; Get-NatsAccount");
        Assert.EndsWith("NATSKEYS_CREDENTIAL is not set. Set it to the path of a credentials file, or open the bucket with Get-NatsStore -Bucket "
            + "-Credential.", without, StringComparison.Ordinal);

        // It is one store all the same.
        Run(Lend + "$a = New-NatsOperator O | New-NatsAccount A; $b = New-NatsAccount B -Store $parts[0]; $a | Add-NatsExport svc Service");
        Run(Lend + "$b | Add-NatsImport -From $a -Subject svc; $import = Get-NatsImport -Account B");
        Holds("$import.From -eq 'A'");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task Access_is_compared_from_and_to_a_bucket()
    {
        await StartOpenAsync("jetstream { store_dir: 'jetstream' }");
        Run(
            """
            $store = New-NatsStore -Bucket b -Server $url -Credential ./admin.creds
            New-NatsOperator O -Store $store | New-NatsAccount A | New-NatsUser U -AllowPublish a -AllowSubscribe b -Expires 1d | Out-Null
            Export-NatsStore ./before -AsFolder -Store $store
            Set-NatsUser U -AddAllowPublish c -Store $store
            """);
        Holds(
            "(Compare-NatsAccess ./before $store).Message -eq 'may publish c'",
            "(Compare-NatsAccess $store ./before).Message -eq 'may no longer publish c'",
            "-not (Compare-NatsAccess $store $store)");
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

        // A remote that was added later gets everything; one that was away, with the next run, although nothing changed since.
        Run("git init --quiet --bare ./remote; git -C ./mirror remote add origin ../remote");
        Run(Mirror);
        const string Level = "(git -C ./remote rev-parse --branches) -eq (git -C ./mirror rev-parse HEAD)";
        Holds("$commits.Count -eq 2", Level);
        Run("Rename-Item ./remote away; New-NatsUser W -Account A -Store $store | Out-Null");
        Run($"try {{ & {{ {Mirror} }} 2>$null }} catch {{ $failed = $_ }}");
        Holds("[bool] $failed", "(git -C ./mirror log --oneline).Count -eq 3");
        Run("Rename-Item ./away remote");
        Run(Mirror);
        Holds(Level, "(git -C ./remote log --oneline --all).Count -eq 3");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task Many_users_of_one_pipeline_are_written_together_and_come_out_in_their_order()
    {
        await StartWithAccountAsync();
        Run(
            """
            $made = 1..120 | ForEach-Object { "u$_" } | New-NatsUser -Account A -Store $store
            $more = New-NatsUser (1..50) -Account A -Store $store
            $history = Get-NatsStore -Bucket b -Server $url -Credential ./admin.creds -History | Where-Object Kind -eq User
            $changes = @($history.Change | Select-Object -Unique)
            """);
        Holds(
            "($made.Name -join ' ') -eq ((1..120 | ForEach-Object { \"u$_\" }) -join ' ')",
            "($more.Name -join ' ') -eq (1..50 -join ' ')",
            "(Get-NatsUser -Account A -Store $store).Count -eq 170",
            "$changes.Count -lt 60",
            "Test-NatsStore $store",
            "@($made.Where({ (Get-NatsUser $_.Name -Account A -Store $store).Jwt -ne $_.Jwt })).Count -eq 0");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task An_error_among_many_is_about_its_item_and_what_came_before_is_there()
    {
        await StartWithAccountAsync();
        RunResult outcome = RunToEnd(
            "New-NatsUser a, b, A, 'c/d', e -Account A -Store $store | ForEach-Object Name");
        Assert.Equal(["a", "b", "e"], outcome.Output.Select(one => one.ToString()));
        Assert.Equal(["EntityExists", "InvalidName"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Run("try { New-NatsUser f, g, G, h -Account A -Store $store -ErrorAction Stop } catch { $stopped = $_.FullyQualifiedErrorId }");
        Holds(
            "$stopped -like 'EntityExists*'",
            "((Get-NatsUser -Account A -Store $store).Name -join ' ') -eq 'a b e f g'",
            "(New-NatsUser x, x, a, y -Account A -Store $store -IfExists Skip).Name -join ' ' -eq 'x x a y'",
            "(Get-NatsKeyPair -Store $store -Type User).Count -eq 7");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task Users_whose_account_somebody_changes_meanwhile_are_made_nevertheless()
    {
        await StartWithAccountAsync();
        Run(
            """
            $other = Get-NatsStore -Bucket b -Server $url -Credential ./admin.creds -KeyPath ./keys
            $made = 1..60 | ForEach-Object { "c$_"; if ($_ % 15 -eq 0) { Set-NatsAccount A -AddTag "t$_" -Store $other } } |
                New-NatsUser -Account A -Store $store
            """);
        Holds(
            "($made.Name -join ' ') -eq ((1..60 | ForEach-Object { \"c$_\" }) -join ' ')",
            "(Get-NatsUser -Account A -Store $store).Count -eq 60",
            "(Get-NatsAccount A -Store $store).Tags.Count -eq 4",
            "(Get-NatsKeyPair -Store $store -Type User).Count -eq 60");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task Input_that_comes_slowly_is_not_held_back()
    {
        await StartWithAccountAsync();
        Run(
            """
            $seen = @{}
            function Find($name) { $seen[$name] = (Get-NatsUser $name -Account A -Store $store -ErrorAction Ignore).Name }
            & { 'slow'; Find slow; 1..40 | ForEach-Object { "q$_" }; Start-Sleep -Milliseconds 1500; Find q40; 'last' } |
                New-NatsUser -Account A -Store $store | ForEach-Object { $out = $_.Name }
            """);
        Holds("$seen['slow'] -eq 'slow'", "$seen['q40'] -eq 'q40'", "$out -eq 'last'");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task A_folder_of_many_users_is_imported_in_a_few_changes_byte_for_byte()
    {
        await StartWithAccountAsync();
        Run(
            """
            $folder = New-NatsStore ./folder -KeyPath ./folder-keys
            New-NatsOperator O2 -Store $folder | New-NatsAccount B, C | Out-Null
            1..150 | ForEach-Object { "u$_" } | New-NatsUser -Account B -Store $folder | Out-Null
            New-NatsUser v -Account C -Store $folder | Out-Null
            $taken = Import-NatsStore ./folder -Store $store -PassThru
            Export-NatsStore ./back -AsFolder -Store $store
            function Hashes($root) {
                Push-Location $root
                Get-ChildItem ./O2 -Recurse -File | ForEach-Object { (Resolve-Path $_ -Relative) + (Get-FileHash $_).Hash }
                Pop-Location
            }
            $history = Get-NatsStore -Bucket b -Server $url -Credential ./admin.creds -History | Where-Object Operator -eq O2
            $changes = @($history.Change | Select-Object -Unique)
            $again = Import-NatsStore ./folder -Store $store -PassThru
            """);
        Holds(
            "$taken.Count -eq 154",
            "$again.Count -eq 154",
            "$changes.Count -lt 6",
            "@(Compare-Object @(Hashes ./folder) @(Hashes ./back)).Count -eq 0");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task A_sealed_backup_of_a_bucket_is_restored_into_another_bucket_and_into_a_folder_byte_for_byte()
    {
        await StartWithAccountAsync();
        Run(
            """
            1..40 | ForEach-Object { "u$_" } | New-NatsUser -Account A -Store $store | Out-Null
            Get-NatsUser u1 -Account A -Store $store | Export-NatsCredential | Out-Null
            $key = New-NatsKeyPair Curve
            Export-NatsStore ./acme.backup -Recipient $key.PublicKey -Store $store
            $second = New-NatsStore -Bucket b2 -Server $url -Credential ./admin.creds -KeyPath ./keys2
            $folder = New-NatsStore ./folder -KeyPath ./keys3
            $second, $folder | ForEach-Object { Import-NatsStore ./acme.backup -Key $key -Store $_ }
            $stores = @{ 1 = $store; 2 = $second; 3 = $folder }
            1..3 | ForEach-Object { Export-NatsStore "./out$_" -AsFolder -Store $stores[$_] }
            function Hashes($root) {
                Push-Location $root
                Get-ChildItem ./O -Recurse -File | ForEach-Object { (Resolve-Path $_ -Relative) + (Get-FileHash $_).Hash }
                Pop-Location
            }
            """);
        Holds(
            "@(Hashes ./out1).Count -eq 42",
            "@(Compare-Object @(Hashes ./out1) @(Hashes ./out2)).Count -eq 0",
            "@(Compare-Object @(Hashes ./out1) @(Hashes ./out3)).Count -eq 0",
            "Test-NatsStore $second",
            "(Get-FileHash ./keys2/creds/O/A/u1.creds).Hash -eq (Get-FileHash ./keys/creds/O/A/u1.creds).Hash",
            "Test-NatsStore $folder",
            "@(Compare-Object (Get-NatsKeyPair -Store $store).PublicKey (Get-NatsKeyPair -Store $second).PublicKey).Count -eq 0");
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task A_client_that_is_killed_leaves_nothing_half_done()
    {
        await StartWithAccountAsync();
        string script = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            Import-Module '{PowerShellSession.ManifestPath}'
            $env:NATSKEYS_STORE = '{server.Url}/b'; $env:NATSKEYS_CREDENTIAL = '{PathOf("admin.creds")}'; $env:NATSKEYS_KEYS = '{PathOf("keys")}'
            foreach ($n in 1..10000) {"{"} $u = New-NatsUser "$PID-$n" -Account A; [System.IO.File]::AppendAllText("$PID.ack", "$($u.Name)`n") {"}"}
            """);
        for (int kill = 0; kill < 4; kill++)
        {
            using System.Diagnostics.Process client = Session.StartProcess(script);
            string acknowledged = PathOf($"{client.Id}.ack");
            Assert.True(SpinWait.SpinUntil(() => File.Exists(acknowledged) || client.HasExited, TimeSpan.FromSeconds(60)));
            await Task.Delay(Random.Shared.Next(300));
            client.Kill();
            await client.WaitForExitAsync();
        }

        Run(
            """
            New-NatsUser last -Account A -Store $store -WarningAction Ignore
            $users = Get-NatsUser -Account A -Store $store
            $keys = Get-NatsKeyPair -Store $store -Type User
            """);
        Holds(
            "@(Get-Content *.ack | Where-Object { $_ -notin $users.Name }).Count -eq 0",
            "@(Compare-Object $users.Subject $keys.PublicKey).Count -eq 0",
            "@(Get-ChildItem ./keys -Force -File -Filter '.natskeys.bucket.*').Count -eq 0");
    }

    /// <summary>A bucket with the account of an operator.</summary>
    private async Task StartWithAccountAsync()
    {
        await StartOpenAsync("jetstream { store_dir: 'jetstream' }");
        Run(
            """
            $store = New-NatsStore -Bucket b -Server $url -Credential ./admin.creds -KeyPath ./keys
            New-NatsOperator O -Store $store | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | Out-Null
            """);
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
