namespace NatsKeys.Tests.Help;

/// <summary>A committed file that tests can make: they hold it to what it should be, or write it anew with <c>NATSKEYS_UPDATE_HELP=1</c>.</summary>
internal static class GeneratedFile
{
    private const string UpdateVariable = "NATSKEYS_UPDATE_HELP";

    internal static void Hold(string path, string expected)
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, expected);
            return;
        }

        string committed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(
            expected == committed,
            $"{path} is not what the pages in {Path.Combine(HelpPage.Folder, "help")} and the module make. {FirstDifference(expected, committed)}" +
            $"Run the tests once with {UpdateVariable}=1, build, and commit the file.");
    }

    private static string FirstDifference(string expected, string committed)
    {
        string[] wanted = expected.Split('\n');
        string[] found = committed.Split('\n');
        int line = wanted.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} should be '{wanted.ElementAtOrDefault(line)?.Trim()}' and is '{found.ElementAtOrDefault(line)?.Trim()}'. ";
    }
}
