using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NatsKeys.Keys;
using NatsKeys.Sample;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests;

/// <summary>
/// The rooms of the two libraries, from the bottom to the top. A room uses those before it, and none after it. CONTRIBUTING.md draws them. What the
/// compiler has made of a name counts, in code (<see cref="UsedTypes"/>) and in comments, so it does not matter how the name is written. Names that
/// leave no trace there, such as those of constants, are found in the sources.
/// </summary>
public sealed partial class RoomTests
{
    // What lies outside of the rooms, such as errors, stands beside Keys: a message of an error hides what looks like a seed.
    private static readonly string[] Rooms =
    [
        "Keys", "Claims", "Jwt", "Rules",
        "Files", "KeyRoot", "Store", "Signing", "Editing", "Inspection", "Exchange", "Server", "Bucket",
    ];

    private static readonly Assembly[] Libraries = [typeof(NatsKeyPair).Assembly, typeof(NatsStore).Assembly];

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
    public void The_map_of_the_rooms_names_each_folder_in_them()
    {
        string[] map = [.. File.ReadLines(Repository.At("CONTRIBUTING.md")).Where(line => line.StartsWith('|'))];
        string[] missing =
        [
            .. from file in Sources()
               let parts = file.Path.Split('/')
               where parts.Length > 2
               let folder = parts[1]
               let row = map.Single(row => row.Contains($"| `{file.Room}` |", StringComparison.Ordinal))
               where !row.Contains($"`{folder}`", StringComparison.Ordinal)
               select $"{file.Room}/{folder}",
        ];
        Assert.Empty(missing.Distinct());
    }

    [Fact]
    public void No_compiled_type_uses_a_room_behind_its_own()
    {
        string[] upwards =
        [
            .. from library in Libraries
               from type in library.GetTypes()
               from used in UsedTypes.Of(type)
               where IsBehind(RoomIn(used.Namespace), RoomIn(type.Namespace))
               select $"{type.FullName} uses {used.FullName}",
        ];
        Assert.Empty(upwards.Distinct());
    }

    [Fact]
    public void No_comment_refers_to_a_room_behind_its_own()
    {
        string[] upwards =
        [
            .. from library in Libraries
               from member in XDocument.Load(Path.ChangeExtension(library.Location, ".xml")).Descendants("member")
               let room = RoomIn(member.Attribute("name")!.Value[2..])
               from reference in member.Descendants().Attributes("cref")
               from used in RoomsIn().Matches(reference.Value).Select(match => match.Groups["room"].Value)
               where IsBehind(used, room)
               select $"{member.Attribute("name")!.Value} refers to {reference.Value}",
        ];
        Assert.Empty(upwards);
    }

    [Fact]
    public void No_source_names_a_room_behind_its_own()
    {
        string[] upwards =
        [
            .. from file in Sources()
               from used in file.Used
               where IsBehind(used, file.Room)
               select $"{file.Path} uses {used}",
        ];
        Assert.Empty(upwards);
    }

    [Theory]
    [InlineData("using NatsKeys.Server;", "Server")]
    [InlineData("using Answer = NatsKeys.Server.ServerAnswer;", "Server")]
    [InlineData("    private readonly NatsKeys.Store.NatsStore store;", "Store")]
    [InlineData("    private const string Name = nameof(Store.NatsStore);", "Store")]
    [InlineData("    private const string Name = Store.RotationFile.Name;", "Store")]
    [InlineData("    private const int Kind = (int)(Store.EntityState)1;", "Store")]
    public void Such_a_line_names_a_room(string line, string room) => Assert.Equal([room], UsedIn(line));

    [Theory]
    [InlineData(nameof(RoomSamples.Field))]
    [InlineData(nameof(RoomSamples.Parameter))]
    [InlineData(nameof(RoomSamples.Constraint))]
    [InlineData(nameof(RoomSamples.TypeOf))]
    [InlineData(nameof(RoomSamples.Call))]
    [InlineData(nameof(RoomSamples.Extension))]
    [InlineData(nameof(RoomSamples.Element))]
    [InlineData(nameof(RoomSamples.Closure))]
    public void Such_a_type_uses_a_room(string sample)
    {
        Type type = typeof(RoomSamples).GetNestedType(sample, BindingFlags.NonPublic | BindingFlags.Public)!;
        IEnumerable<Type> all = type.GetNestedTypes(BindingFlags.NonPublic).Append(type);
        Assert.Contains("Store", all.SelectMany(UsedTypes.Of).Select(used => RoomIn(used.Namespace)));
    }

    private static bool IsBehind(string used, string room) => Array.IndexOf(Rooms, used) > Math.Max(Array.IndexOf(Rooms, room), 0);

    private static string RoomIn(string? name) => RoomsIn().Match($"{name}.") is { Success: true, Index: 0 } match ? match.Groups["room"].Value : "";

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
                    string room = parts.Length > 1 ? parts[0] : "";
                    files.Add(new Source(string.Join('/', parts), room, NamespaceLine().Match(text).Groups[1].Value, UsedIn(text)));
                }
            }
        }

        return files;
    }

    /// <summary>The rooms that a text names: in a using, before one of their types, or before a constant of one.</summary>
    private static string[] UsedIn(string text) =>
        [.. Uses().Matches(text).Select(match => match.Groups["room"].Value).Where(Rooms.Contains).Distinct()];

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bNatsKeys\.(?<room>[A-Z]\w+)\.")]
    private static partial Regex RoomsIn();

    [GeneratedRegex(
        """
        (?<!namespace[ ])\bNatsKeys\.(?<room>[A-Z]\w+)\b
        | nameof\((?<room>[A-Z]\w+)\.
        | \((?<room>[A-Z]\w+)\.[A-Z]\w+\)
        | (?<![\w.])(?<room>[A-Z]\w+)\.[A-Z]\w+\.[A-Z]
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Uses();

    private sealed record Source(string Path, string Room, string Namespace, string[] Used);
}
