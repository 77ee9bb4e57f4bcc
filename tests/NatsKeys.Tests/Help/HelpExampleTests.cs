using NatsKeys.Rules;
using NatsKeys.Tests.Hosting;
using NatsKeys.Tests.Server;

namespace NatsKeys.Tests.Help;

public class HelpExampleTests
{
    // Their examples are about a server that runs, and an operator ACME that knows where.
    private static readonly string[] Served = [
        "Compare-NatsAccount", "Disconnect-NatsClient", "Get-NatsConnection", "Measure-NatsPermission", "Publish-NatsAccount",
        "Receive-NatsAccount", "Test-NatsConnection", "Unpublish-NatsAccount", "Watch-NatsConnection"];

    public static TheoryData<string, string> Examples => ExamplesOf(HelpPage.Names.Except(Served), example => !IsAboutBucket(example));

    public static TheoryData<string, string> ServedExamples => ExamplesOf(Served, _ => true);

    public static TheoryData<string, string> BucketExamples => ExamplesOf(HelpPage.Names, IsAboutBucket);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs(string page, string title) => HelpScript.Try(HelpPage.Read(page), ExampleOf(page, title));

    /// <summary>The tests of these cmdlets ask each server. Here it is the words of the help that are tried.</summary>
    [NatsServerTheory(NewestOnly = true)]
    [MemberData(nameof(ServedExamples))]
    public async Task An_example_runs_where_a_server_does(string page, string title)
    {
        using var session = new PowerShellSession();
        using var server = new NatsServer(Path.Combine(session.Folder, "server"));
        session.Run(
            """
            $acme = New-NatsOperator ACME -SystemAccount SYS
            $orders = $acme | New-NatsAccount orders
            $orders | New-NatsUser web-1 | Out-Null
            $acme | New-NatsAccount billing | Out-Null
            $sys = Get-NatsAccount SYS
            $config = "operator: $($acme.Jwt)`nresolver { type: full, allow_delete: true, dir: '$pwd/server/jwt' }`n"
            $config += "resolver_preload: { $($sys.Subject): $($sys.Jwt), $($orders.Subject): $($orders.Jwt) }`n"
            """);
        await server.StartAsync((string)session.Run("$config").Single.BaseObject);
        session.Run("Set-NatsOperator ACME -ServiceUrl $url", ("url", server.Url));
        HelpScript.Try(HelpPage.Read(page), ExampleOf(page, title), session);
    }

    /// <summary>The server has JetStream and lets everybody in; so the credentials may come from anywhere.</summary>
    [NatsServerTheory(ServerFeature.AtomicBatches, NewestOnly = true)]
    [MemberData(nameof(BucketExamples))]
    public async Task An_example_runs_with_a_store_in_a_bucket(string page, string title)
    {
        using var session = new PowerShellSession();
        using var server = new NatsServer(Path.Combine(session.Folder, "server"));
        await server.StartAsync($"jetstream {{ store_dir: '{session.Folder}/server/jetstream' }}");
        session.Run(
            """
            New-NatsOperator BOOT -Store (New-NatsStore -InMemory) | New-NatsAccount KEYS | New-NatsUser admin | Export-NatsCredential ./admin.creds
            """,
            ("url", server.Url));
        HelpScript.Try(HelpPage.Read(page), ExampleOf(page, title), session);
    }

    private static bool IsAboutBucket(HelpExample example) =>
        example.Code.Contains("-Bucket", StringComparison.Ordinal) || example.Code.Contains("Watch-NatsStore", StringComparison.Ordinal);

    private static HelpExample ExampleOf(string page, string title) => HelpPage.Read(page).Examples.Single(example => example.Title == title);

    private static TheoryData<string, string> ExamplesOf(IEnumerable<string> pages, Func<HelpExample, bool> isMeant)
    {
        var data = new TheoryData<string, string>();
        foreach (string name in pages)
        {
            foreach (HelpExample example in HelpPage.Read(name).Examples.Where(isMeant))
            {
                data.Add(name, example.Title);
            }
        }

        return data;
    }
}
