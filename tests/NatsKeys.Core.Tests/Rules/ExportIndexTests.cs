using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>The export that is found by its tokens is the one that a look at each of them finds.</summary>
public class ExportIndexTests
{
    private static readonly string[] Tokens = ["a", "b", "*", ">", ""];

    [Fact]
    public void It_is_the_first_one_that_covers_the_subject()
    {
        string[] subjects = [.. Tokens, .. Pairs(Tokens), .. Pairs(Pairs(Tokens))];
        AccountExport[] all = [.. subjects.Where(subject => subject.Length % 2 == 1).SelectMany(subject => new[]
        {
            new AccountExport { Subject = subject, Type = "stream" },
            new AccountExport { Subject = subject, Type = "service" },
        })];
        Random.Shared.Shuffle(all);
        foreach (AccountExport[] exports in all.Chunk(9).Append(all))
        {
            var index = new ExportIndex(exports);
            Assert.All(subjects, subject => Assert.Equal(
                Array.FindIndex(exports, export => export.Type == "stream" && Subjects.Covers(export.Subject!, subject)),
                index.Find("stream", subject)));
            Assert.Equal(-1, index.Find(null, "a"));
        }
    }

    [Fact]
    public void Subjects_of_any_length_are_found()
    {
        string longest = string.Join('.', Enumerable.Repeat("a", 200_000));
        Assert.Equal(0, new ExportIndex([new AccountExport { Subject = longest }]).Find(null, longest));
        Assert.Equal(0, new ExportIndex([new AccountExport { Subject = ">" }]).Find(null, longest));
    }

    [Fact]
    public void Nothing_is_found_among_nothing() => Assert.Equal(-1, new ExportIndex([]).Find("stream", "a"));

    private static IEnumerable<string> Pairs(IEnumerable<string> subjects) =>
        subjects.SelectMany(subject => Tokens, (subject, token) => $"{subject}.{token}");
}
