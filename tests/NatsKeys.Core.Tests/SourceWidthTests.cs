using System.Globalization;

namespace NatsKeys.Core.Tests;

/// <summary>Lines of the sources are as wide as the editor's settings say.</summary>
public class SourceWidthTests
{
    private const string Setting = "max_line_length = ";

    [Fact]
    public void No_line_is_wider_than_the_settings_say()
    {
        string root = Root();
        int width = int.Parse(
            File.ReadLines(Path.Combine(root, ".editorconfig")).Single(line => line.StartsWith(Setting, StringComparison.Ordinal))[Setting.Length..],
            CultureInfo.InvariantCulture);
        string[] wider =
        [
            .. from file in Directory.GetFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
               where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
               from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
               where line.Text.Length > width
               select $"{Path.GetRelativePath(root, file)}:{line.Number}",
        ];
        Assert.Empty(wider);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "NatsKeys.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}
