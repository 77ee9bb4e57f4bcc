namespace NatsKeys.Tests.Help;

/// <summary>A file of help that the build of the module leaves in it.</summary>
internal static class BuiltHelp
{
    /// <summary>Fails where the file is not what it should be, with the first line that differs.</summary>
    internal static void Holds(string path, string expected)
    {
        string[] wanted = expected.Split('\n');
        string[] found = File.ReadAllLines(path);
        int line = wanted.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Equal(wanted.ElementAtOrDefault(line) ?? "", found.ElementAtOrDefault(line) ?? "");
    }
}
