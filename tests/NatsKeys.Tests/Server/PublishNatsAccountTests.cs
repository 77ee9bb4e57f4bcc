using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

public sealed class PublishNatsAccountTests : ResolverTest
{
    [NatsServerFact]
    public async Task Accounts_of_the_pipeline_get_to_a_server_with_a_full_resolver()
    {
        await StartAsync(Full);

        RunResult result = Run("Get-NatsAccount -Operator O2 | Publish-NatsAccount");

        Assert.Equal(
            ["account O2/A Done jwt updated", "account O2/B Done jwt updated", "account O2/SYS Done jwt updated"],
            result.Output.Select(answer => $"{answer.Properties["Account"].Value} {answer.Properties["Outcome"].Value} {answer.Properties["Message"].Value}"));
        Assert.Equal(Value("(Get-NatsAccount A).Jwt"), File.ReadAllText(Kept("A")));
    }
}
