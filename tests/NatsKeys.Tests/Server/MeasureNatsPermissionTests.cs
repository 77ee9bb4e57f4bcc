using NATS.Client.Core;
using NatsKeys.Rules;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>What users may do, beside what real servers show of what they do.</summary>
public sealed class MeasureNatsPermissionTests : ResolverTest
{
    private readonly List<IAsyncDisposable> used = [];

    public override async Task DisposeAsync()
    {
        foreach (IAsyncDisposable one in Enumerable.Reverse(used))
        {
            await one.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [NatsServerFact]
    public async Task A_role_is_compared_with_what_its_users_subscribe_to()
    {
        await StartUsersAsync();
        await SubscribeAsync("U", ("tele.a", "workers"), ("own.U.x", null), ("_INBOX.abc.*", null));
        await SubscribeAsync("V", ("tele.a", "workers"), ("tele.b.>", null), ("own.V.x", null));

        Run("$use = Measure-NatsPermission A -Role sensor -For 2s");

        Holds("@($use).Count -eq 1", "$use.Holder -eq 'A: role sensor'", "$use.Users -eq 2", "$use.Connections -eq 2", "$use.Samples -ge 2",
            "$use.To -gt $use.From");
        Holds("\"$($use.Subscribed -notlike '_INBOX*')\" -eq 'own.U.x own.V.x tele.a workers tele.b.>'", "$use.Subscribed -ccontains '_INBOX.abc.*'",
            "\"$($use.Unused)\" -eq 'debug.> none'");
        Holds("\"$($use.Proposed.AllowSubscribe)\" -eq '_INBOX.> own.{{name()}}.> tele.a tele.b.>'",
            "\"$($use.Proposed.AllowPublish)\" -eq 'out.>'", "$use.Unseen -match 'Publishing'", "$use.Unseen -match 'Connected users: 2'");

        // Nobody may do more than before, and who was seen still may do it.
        Run("Get-NatsSigningKey -Account A -Role sensor | Set-NatsSigningKey -Permission $use.Proposed -WarningAction Ignore");
        Holds("Test-NatsPermission -User U -Subscribe own.U.x", "-not (Test-NatsPermission -User U -Subscribe own.V.x)",
            "Test-NatsPermission -User U -Subscribe tele.a -Queue workers", "-not (Test-NatsPermission -User U -Subscribe tele.c)",
            "Test-NatsPermission -User V -Subscribe tele.b.c", "Test-NatsPermission -User U -Publish out.x");
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task Users_without_a_role_and_those_who_were_not_there_are_told_apart()
    {
        await StartUsersAsync();
        await SubscribeAsync("P", ("any.thing", null), ("any.work", "group"), ("_INBOX.x.*", null));
        await SubscribeAsync("U", ("debug.a", null));

        Run("$all = @{}; Measure-NatsPermission -For 1s | ForEach-Object { $all[$_.Holder] = $_ }");

        // All that P may do is everything: no entry of it can be unused.
        Holds("\"$($all['A/P'].Proposed.AllowSubscribe)\" -eq '_INBOX.> any.thing any.work group'", "$all['A/P'].Unused.Count -eq 0",
            "$null -eq $all['A/Q'].Proposed", "\"$($all['A/Q'].Unused)\" -eq 'q.*'", "$all['A/Q'].Unseen -match 'nobody was connected'",
            "-not $all.ContainsKey('A/U')", "$all.ContainsKey('A: role sensor')");
        Run("$one = Measure-NatsPermission -User A/U -For 1s -Generalize");
        Holds("$one.Holder -eq 'A/U'", "$one.Role -eq 'sensor'", "\"$($one.Proposed.AllowSubscribe)\" -eq '_INBOX.> debug.>'",
            "$one.Unseen -match 'Other users'");
        Run("Get-NatsSigningKey -Account A -Role sensor | Set-NatsSigningKey -AllowSubscribe 'tele.>' -WarningAction Ignore; $now = "
            + "Measure-NatsPermission -Role sensor -For 1s");
        Holds("$null -eq $now.Proposed", "$now.Subscribed -ccontains 'debug.a'");
        Run("Remove-NatsUser A/P -NoRevocation -Confirm:$false -WarningAction Ignore");
        string strangers = Session.Run("$null = Measure-NatsPermission A -For 1s").Warnings.Single();
        Assert.Contains("account O2/A", strangers, StringComparison.Ordinal);
        Assert.Contains(" 1.", strangers, StringComparison.Ordinal);
    }

    [NatsServerFact]
    public async Task Requests_to_JetStream_are_heard_where_the_system_account_imports_them()
    {
        Run(
            """
            $a | Set-NatsJetStreamLimit -Enable
            $a | Add-NatsExport '$JS.EVENT.ADVISORY.API' Stream
            Add-NatsImport -Account SYS '$JS.EVENT.ADVISORY.API' -From A -WarningAction Ignore
            $a | New-NatsUser P | Export-NatsCredential ./P.creds
            """);
        await Server.StartAsync($"{Value("New-NatsServerConfig -Operator O2 -Resolver Memory")}\njetstream {{ store_dir: '{PathOf("js")}' }}\n");
        Run("Set-NatsOperator O2 -ServiceUrl $url", ("url", Server.Url));
        NatsConnection client = await SubscribeAsync("P");
        Task<RunResult> measure = Task.Run(() => Session.Run("$use = Measure-NatsPermission A -For 6s"));
        while (!measure.IsCompleted)
        {
            await client.RequestAsync<string, string>("$JS.API.STREAM.NAMES", "");
            await Task.Delay(200);
        }

        await measure;

        // Server 2.9 was not seen to tell it.
        string heard = Server.Version.Has(ServerFeature.UserInfo) ? "$JS.API.STREAM.NAMES" : "";
        Holds("$use.Holder -eq 'A/P'", $"\"$($use.Requested)\" -eq '{heard}'");
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task A_user_who_may_not_listen_measures_all_the_same()
    {
        await StartUsersAsync();
        await SubscribeAsync("U", ("tele.a", null));
        Run("New-NatsUser looker -Account SYS -AllowPublish '$SYS.REQ.>' -AllowSubscribe '_INBOX.>' -Expires 1d | Export-NatsCredential "
            + "./looker.creds");

        Run("$use = Measure-NatsPermission -Role sensor -For 2s -Credential ./looker.creds");

        Holds("\"$($use.Subscribed -notlike '_INBOX*')\" -eq 'tele.a'", "$use.Unseen -match 'may not subscribe'", "$use.Samples -ge 2");
    }

    private async Task StartUsersAsync()
    {
        await StartAsync(Full);
        Run(
            """
            $sensor = $a | Add-NatsSigningKey -Role sensor -AllowPublish 'out.>' -AllowSubscribe 'tele.>', 'debug.>', 'own.{{name()}}.>',
                'none', '_INBOX.>'
            foreach ($name in 'U', 'V') { $sensor | New-NatsUser $name | Export-NatsCredential "./$name.creds" }
            $a | New-NatsUser P | Export-NatsCredential ./P.creds
            $a | New-NatsUser Q -AllowSubscribe 'q.*' | Out-Null
            Publish-NatsAccount A | Out-Null
            """);
    }

    private async Task<NatsConnection> SubscribeAsync(string user, params (string Subject, string? Queue)[] subscriptions)
    {
        NatsConnection client = await Server.ConnectAsync(PathOf($"{user}.creds"));
        used.Add(client);
        foreach ((string subject, string? queue) in subscriptions)
        {
            used.Add(await client.SubscribeCoreAsync<string>(subject, queueGroup: queue));
        }

        await client.PingAsync();
        return client;
    }
}
