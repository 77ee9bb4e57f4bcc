using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>The index of a list finds an entry for a subject exactly where its set has the subject, and both follow the entries.</summary>
public class PublishInterestTests
{
    private static readonly string[][] Subjects = [.. Lists(["a", "b", "c"], 3).Where(tokens => tokens.Length > 0)];
    private static readonly string[] Entries = [.. Lists(["a", "b", "*", ">"], 3).Where(tokens => tokens.Length > 0).Select(Joined)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_found_is_what_the_set_has(bool hides)
    {
        int seen = 0;
        foreach (string first in Entries)
        {
            foreach (string second in Entries.Where(second => string.CompareOrdinal(first, second) < 0))
            {
                var index = new PublishInterest([first, second], hides);
                SubjectSet set = index.ToSet();
                foreach (string[] subject in Subjects)
                {
                    seen++;
                    Assert.True(
                        index.Find(subject) is not null == set.Contains(Joined(subject)), $"{Joined(subject)} with {first} and {second}: {set}");
                }
            }
        }

        Assert.True(seen > 100_000);
    }

    [Theory]
    [InlineData("*.*.c", "a.b.c", "*.*.c")]
    [InlineData("*.*.>", "a.b.c", "*.*.>")]
    [InlineData("*.*.c", "a.b.d", null)]
    [InlineData("a.*|a.b.c", "a.b", null)]
    [InlineData("a.*|a.b.c", "a.d", "a.*")]
    [InlineData("a.>.b|a.c", "a.c", null)]
    [InlineData("*.>.b|a.>.b|a.c", "a.c", null)]
    [InlineData("*.b.>.x|a.b.c", "a.b.c", null)]
    [InlineData("*.b.>.x|*.*.>.x|a.b.c|a.d", "a.b.c", null)]
    [InlineData("*.b.>.x|*.*.>.x|a.b.c|a.d", "a.d", "a.d")]
    public void An_entry_is_found_as_servers_find_it(string entries, string subject, string? found)
    {
        var index = new PublishInterest(entries.Split('|'), hides: true);
        Assert.Equal(found, index.Find(subject.Split('.')));
        Assert.Equal(found is not null, index.ToSet().Contains(subject));
    }

    private static string Joined(string[] tokens) => string.Join('.', tokens);

    /// <summary>Returns all lists of so many tokens at most.</summary>
    private static IEnumerable<string[]> Lists(string[] tokens, int most) => most == 0
        ? [[]]
        : Lists(tokens, most - 1).Prepend([]).SelectMany(rest => tokens.Select(token => (string[])[token, .. rest])).Prepend([])
            .DistinctBy(Joined);
}
