using NatsKeys.Tests.Hosting;
using NatsKeys.Tests.Server;

namespace NatsKeys.Tests.Help;

public class HelpExampleTests
{
    // Their examples are about a server that runs, and an operator O2 that knows where.
    private static readonly string[] Served = ["Compare-NatsAccount", "Publish-NatsAccount", "Receive-NatsAccount", "Test-NatsConnection", "Unpublish-NatsAccount"];

    public static TheoryData<string, string> Examples => ExamplesOf(HelpPage.Names.Except(Served));

    public static TheoryData<string, string> ServedExamples => ExamplesOf(Served);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs(string page, string title) => HelpScript.Try(CodeOf(page, title));

    /// <summary>The tests of these cmdlets ask each server. Here it is the words of the help that are tried.</summary>
    [NatsServerTheory(NewestOnly = true)]
    [MemberData(nameof(ServedExamples))]
    public async Task An_example_runs_where_a_server_does(string page, string title)
    {
        using var session = new PowerShellSession();
        using var server = new NatsServer(Path.Combine(session.Folder, "server"));
        session.Run(
            """
            $o = New-NatsOperator O2 -SystemAccount SYS
            $a = $o | New-NatsAccount A
            $a | New-NatsUser U | Out-Null
            $o | New-NatsAccount B | Out-Null
            $sys = Get-NatsAccount SYS
            $config = "operator: $($o.Jwt)`nresolver { type: full, allow_delete: true, dir: '$pwd/server/jwt' }`nresolver_preload: { $($sys.Subject): $($sys.Jwt), $($a.Subject): $($a.Jwt) }`n"
            """);
        await server.StartAsync((string)session.Run("$config").Single.BaseObject);
        session.Run("Set-NatsOperator O2 -ServiceUrl $url", ("url", server.Url));
        HelpScript.Try(CodeOf(page, title), session);
    }

    private static string CodeOf(string page, string title) => HelpPage.Read(page).Examples.Single(example => example.Title == title).Code;

    private static TheoryData<string, string> ExamplesOf(IEnumerable<string> pages)
    {
        var data = new TheoryData<string, string>();
        foreach (string name in pages)
        {
            foreach (HelpExample example in HelpPage.Read(name).Examples)
            {
                data.Add(name, example.Title);
            }
        }

        return data;
    }
}
