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
    public void An_example_runs(string page, string title) => HelpExample.Try(HelpPage.Read(page).Examples.Single(example => example.Title == title).Code);
}
