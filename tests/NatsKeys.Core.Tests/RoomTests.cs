using System.Text.RegularExpressions;

namespace NatsKeys.Core.Tests;

/// <summary>
/// The rooms of the two libraries, from the bottom to the top. A room uses those before it, and none behind it. CONTRIBUTING.md draws them.
/// </summary>
public sealed partial class RoomTests
{
    // What lies outside of the rooms, such as errors, stands beside Keys: a message of an error hides what looks like a seed.
    private static readonly string[] Rooms =
    [
        "Keys", "Claims", "Jwt", "Rules",
        "Files", "KeyRoot", "Store", "Signing", "Editing", "Inspection", "Exchange", "Server",
    ];

    [Fact]
    public void Each_file_lies_in_the_room_that_its_namespace_names()
    {
        string[] elsewhere =
        [
            .. from file in Sources()
               where file.Namespace != (file.Room is "" ? "NatsKeys" : $"NatsKeys.{file.Room}")
               select file.Path,
        ];
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void Each_room_is_in_the_list()
    {
        string[] found = [.. Sources().Select(file => file.Room).Where(room => room is not "").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(Rooms.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public void No_room_uses_one_behind_it()
    {
        string[] upwards =
        [
            .. from file in Sources()
               from used in file.Used
               where Array.IndexOf(Rooms, used) > Math.Max(Array.IndexOf(Rooms, file.Room), 0)
               select $"{file.Path} uses {used}",
        ];
        Assert.Empty(upwards);
    }

    [Theory]
    [InlineData("using NatsKeys.Server;", "Server")]
    [InlineData("using Answer = NatsKeys.Server.ServerAnswer;", "Server")]
    [InlineData("    private readonly NatsKeys.Store.NatsStore store;", "Store")]
    [InlineData("/// <summary>As <see cref=\"Exchange.StoreImport\"/> does.</summary>", "Exchange")]
    public void Such_a_line_uses_a_room(string line, string room) => Assert.Equal([room], UsedIn(line));

    private static List<Source> Sources()
    {
        string src = Repository.At("src");
        var files = new List<Source>();
        foreach (string project in (string[])["NatsKeys.Core", "NatsKeys.Stores"])
        {
            foreach (string file in Directory.GetFiles(Path.Combine(src, project), "*.cs", SearchOption.AllDirectories))
            {
                string[] parts = Path.GetRelativePath(Path.Combine(src, project), file).Split(Path.DirectorySeparatorChar);
                if (parts[0] is not ("obj" or "bin"))
                {
                    string text = File.ReadAllText(file);
                    files.Add(new Source(string.Join('/', parts), parts.Length > 1 ? parts[0] : "", NamespaceLine().Match(text).Groups[1].Value, UsedIn(text)));
                }
            }
        }

        return files;
    }

    /// <summary>The rooms that a text names: in a using, or before one of their types.</summary>
    private static string[] UsedIn(string text) =>
        [.. Uses().Matches(text).Select(match => match.Groups["room"].Value).Where(Rooms.Contains).Distinct()];

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"(?<!namespace )\bNatsKeys\.(?<room>[A-Z]\w+)\b|cref=""(?<room>[A-Z]\w+)\.[A-Z]")]
    private static partial Regex Uses();

    private sealed record Source(string Path, string Room, string Namespace, string[] Used);
}
