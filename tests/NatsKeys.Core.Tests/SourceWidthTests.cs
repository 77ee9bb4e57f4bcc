using System.Globalization;

namespace NatsKeys.Core.Tests;

/// <summary>
/// Lines of code, scripts and prose are as wide as the editor's settings say. A row of a Markdown table, a block of output and an image cannot be
/// broken.
/// </summary>
public class SourceWidthTests
{
    private const string Setting = "max_line_length = ";

    [Theory]
    [InlineData("src", "*.cs")]
    [InlineData("tests", "*.cs")]
    [InlineData(".", "*.ps1")]
    [InlineData(".", "*.psm1")]
    [InlineData(".", "*.psd1")]
    [InlineData("module", "*.ps1xml")]
    [InlineData(".", "*.csproj")]
    [InlineData(".", "*.props")]
    [InlineData(".", "*.targets")]
    [InlineData(".", "*.yml")]
    [InlineData(".", "*.md")]
    public void No_line_is_wider_than_the_settings_say(string folder, string files)
    {
        int width = int.Parse(
            File.ReadLines(Repository.At(".editorconfig")).First(line => line.StartsWith(Setting, StringComparison.Ordinal))[Setting.Length..],
            CultureInfo.InvariantCulture);
        string[] wider =
        [
            .. from file in Directory.EnumerateFiles(Repository.At(folder), files, SearchOption.AllDirectories)
               let path = Path.GetRelativePath(Repository.Root, file)
               where !path.Split(Path.DirectorySeparatorChar).Any(IsOthers)
               from line in files is "*.md" ? Prose(file) : Lines(file)
               where line.Text.Length > width
               select $"{path}:{line.Number}",
        ];
        Assert.Empty(wider);
    }

    /// <summary>What is built, what tools keep, and what comes from elsewhere.</summary>
    private static bool IsOthers(string part) => part is "obj" or "bin" or "out" or "vectors" || part.StartsWith('.');

    private static IEnumerable<(string Text, int Number)> Lines(string file) => File.ReadLines(file).Select((text, index) => (text, index + 1));

    private static IEnumerable<(string Text, int Number)> Prose(string file)
    {
        bool isBlock = false;
        foreach ((string text, int number) in Lines(file))
        {
            string trimmed = text.TrimStart();
            if (trimmed.StartsWith("```", StringComparison.Ordinal))
            {
                isBlock = !isBlock;
            }
            else if (!isBlock && !trimmed.StartsWith('|') && !trimmed.StartsWith("![", StringComparison.Ordinal))
            {
                yield return (text, number);
            }
        }
    }
}
