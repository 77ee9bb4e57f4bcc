using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

public class HelpExampleTests
{
    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string name in HelpPage.Names)
            {
                foreach (HelpExample example in HelpPage.Read(name).Examples)
                {
                    data.Add(name, example.Title);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs(string page, string title)
    {
        HelpExample example = HelpPage.Read(page).Examples.Single(example => example.Title == title);
        using var session = new PowerShellSession();

        RunResult result = session.Run(example.Code);

        Assert.True(result.Errors.Count == 0, string.Join('\n', result.Errors));

        // Nobody should learn from an example how to put a seed on the screen.
        Assert.DoesNotMatch(@"\bS[OAUNCX][A-Z2-7]{56}\b", result.AllText);
    }
}
