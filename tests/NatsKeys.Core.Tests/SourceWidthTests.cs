using System.Globalization;

namespace NatsKeys.Core.Tests;

/// <summary>Lines of the sources are as wide as the editor's settings say.</summary>
public class SourceWidthTests
{
    private const string Setting = "max_line_length = ";

    [Fact]
    public void No_line_is_wider_than_the_settings_say()
    {
        int width = int.Parse(
            File.ReadLines(Repository.At(".editorconfig")).Single(line => line.StartsWith(Setting, StringComparison.Ordinal))[Setting.Length..],
            CultureInfo.InvariantCulture);
        string[] wider =
        [
            .. from file in Directory.GetFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
               where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
               from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
               where line.Text.Length > width
               select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}",
        ];
        Assert.Empty(wider);
    }
}
