using System.Text;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Hostile;

public class HostileYamlTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public void A_billion_laughs_are_refused_at_the_first() => Bounded.Run(() =>
    {
        var text = new StringBuilder("kind: user\nclaims:\n  a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int level = 1; level < 10; level++)
        {
            text.Append(null, $"  a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        Refuses(text.ToString());
    });

    [Theory]
    [InlineData("kind: user\nclaims: &c\n  self: *c\n")]
    [InlineData("kind: user\nclaims: {x: &x [*x]}\n")]
    [InlineData("kind: user\nclaims:\n  <<: &m {a: 1}\n")]
    [InlineData("kind: user\nclaims: !!python/object/apply:os.system [id]\n")]
    [InlineData("%TAG ! tag:x,2000:\n---\nkind: !user user\n")]
    public void Anchors_aliases_and_tags_are_refused(string text) => Refuses(text);

    [Theory]
    [InlineData("[", "")]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("[{a: ", "}]")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    public void Deep_nesting_is_refused(string opening, string closing) => Bounded.Run(() =>
    {
        int depth = 300_000;
        string start = opening[0] is '-' or '?' ? "\n    " : "";
        Refuses($"kind: user\nclaims:\n  x: "
            + $"{start}{string.Concat(Enumerable.Repeat(opening, depth))}{string.Concat(Enumerable.Repeat(closing, depth))}\n");
    });

    [Fact]
    public void Ten_megabytes_of_digits_are_refused() => Bounded.Run(() =>
    {
        Refuses($"kind: user\nexpires: {new string('9', 10 * Megabyte)}\n");
        Refuses($"kind: user\nexpires: {new string('9', Megabyte)}\n");
        Refuses($"kind: user\nclaims: {{subs: {new string('9', Megabyte)}}}\n");
    });

    [Theory]
    [InlineData("kind: user\nkind: user\n")]
    [InlineData("kind: user\nname: a\nname: a\n")]
    [InlineData("kind: user\nclaims: {subs: 1, subs: 1}\n")]
    [InlineData("kind: user\nclaims: {subs: 1, \"su\\x62s\": 1}\n")]
    [InlineData("kind: user\nclaims: {x: {a: 1, a: 2}}\n")]
    [InlineData("kind: account\nclaims:\n  revocations:\n    '*': 1\n    \"*\": 2\n")]
    public void Members_that_stand_twice_are_refused(string text) => Refuses(text);

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_or_replaced_wherever_they_stand()
    {
        byte[] file = Encoding.UTF8.GetBytes("kind: user\nname: \"Bob\"\ntags: [a, 'b']\nclaims:\n  pub:\n    allow:\n    - x\n");
        for (int at = 0; at <= file.Length; at++)
        {
            byte[] damaged = [.. file.AsSpan(0, at), 0xED, 0xA0, 0x80, .. file.AsSpan(at)];
            Tolerates(Encoding.UTF8.GetString(damaged));
        }
    }

    [Theory]
    [InlineData("kind: user\nclaims:\n  x: \"", "a\\n", "\"\n")]
    [InlineData("kind: user\nclaims:\n  x: '", "''", "'\n")]
    [InlineData("kind: user\nclaims:\n  x: |\n", "    a\n", "")]
    [InlineData("kind: user\nclaims:\n  x: a", " \n\n", "")]
    [InlineData("kind: user\n", "# note\n", "")]
    [InlineData("kind: user\n", " \t", "\n")]
    [InlineData("kind: user\nclaims:\n  x: [", "a,", "]\n")]
    [InlineData("kind: user\nclaims:\n  x: [", "{a: 1},", "]\n")]
    [InlineData("", "%YAML 1.1\n", "kind: user\n")]
    [InlineData("", "---\n", "kind: user\n")]
    public void Long_files_cost_no_more_than_their_length(string start, string repeated, string end) => Bounded.Run(() =>
        Tolerates(start + string.Concat(Enumerable.Repeat(repeated, 400_000 / repeated.Length)) + end));

    private static void Refuses(string text) =>
        Refused.With(ErrorCode.InvalidYaml, () =>
            EntityFile.Read(text, text.Contains("kind: account", StringComparison.Ordinal) ? EntityKind.Account : EntityKind.User));

    /// <summary>Reads what may be an entity file: it is one, or the error says that it is none.</summary>
    private static void Tolerates(string text)
    {
        try
        {
            Assert.NotNull(EntityFile.Read(text, EntityKind.User).Wanted);
        }
        catch (NatsKeysException error)
        {
            Assert.Equal(ErrorCode.InvalidYaml, error.Code);
        }
    }
}
