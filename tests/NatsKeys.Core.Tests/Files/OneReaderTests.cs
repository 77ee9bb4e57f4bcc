using System.Text.RegularExpressions;

namespace NatsKeys.Core.Tests.Files;

/// <summary>Files are opened and decoded in one place each: another one would wait for pipes, and read without an end.</summary>
public partial class OneReaderTests
{
    // The reader; and what locks files, which it holds and then reads no further than its own record.
    private static readonly string[] Openers = ["RegularFile.cs", "UnixFile.cs", "LockFile.cs", "LockQueue.cs", "JournalFolder.cs"];

    [Fact]
    public void Nothing_else_opens_files_to_read_them()
    {
        string source = Repository.At("src");
        string[] found =
        [
            .. from project in new[] { "NatsKeys.Core", "NatsKeys.Stores", "NatsKeys" }
               from file in Directory.GetFiles(Path.Combine(source, project), "*.cs", SearchOption.AllDirectories)
               where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                   && !Openers.Contains(Path.GetFileName(file))
               from line in File.ReadLines(file)
               where Opening().IsMatch(line) && !Writing().IsMatch(line)
               select $"{Path.GetFileName(file)}: {line.Trim()}",
        ];
        Assert.Empty(found);
    }

    [Fact]
    public void Nothing_else_decodes_what_was_read()
    {
        string[] found =
        [
            .. from project in new[] { "NatsKeys.Core", "NatsKeys.Stores" }
               from file in Directory.GetFiles(Repository.At("src", project), "*.cs", SearchOption.AllDirectories)
               where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                   && Path.GetFileName(file) != "LockRecord.cs"
               from line in File.ReadLines(file)
               where Decoding().IsMatch(line)
               select $"{Path.GetFileName(file)}: {line.Trim()}",
        ];
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("byte[] text = File.ReadAllBytes(path);")]
    [InlineData("using var reader = new StreamReader(path);")]
    [InlineData("foreach (string line in File.ReadLines(path))")]
    [InlineData("using FileStream file = File.OpenRead(path);")]
    [InlineData("using var file = new FileStream(path, FileMode.Open);")]
    [InlineData("new FileInfo(path).OpenText()")]
    public void Such_a_line_is_found(string line) => Assert.True(Opening().IsMatch(line) && !Writing().IsMatch(line));

    [GeneratedRegex(@"(?<!\w)File\.(Open|Read)\w*\(|\.Open(Read|Text)\(|new (FileStream|StreamReader)\("
        + @"|X509\w*\.\w*(From|Load)\w*File|MemoryMappedFile")]
    private static partial Regex Opening();

    /// <summary>Opening to write or to lock, with options that say so; and files that are read by the one reader.</summary>
    [GeneratedRegex(@"RegularFile\.|new FileStream\(path, options\)|FileAccess\.ReadWrite")]
    private static partial Regex Writing();

    [GeneratedRegex(@"UTF8\.Get(String|Chars)\((SafeFiles|content|bytes|file|old)\b|Utf8\.GetString")]
    private static partial Regex Decoding();
}
