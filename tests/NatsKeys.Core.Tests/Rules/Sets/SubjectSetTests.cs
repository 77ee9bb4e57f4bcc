using FsCheck;
using FsCheck.Fluent;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>
/// Sets of subjects do what a look at each subject does. Patterns have two tokens and the wildcards, at most three of them; subjects have a third
/// token that no
/// pattern has, and up to four, so that whatever patterns can tell apart is among them.
/// </summary>
public class SubjectSetTests
{
    private static readonly string[] Universe = [.. Enumerable.Range(1, 4).SelectMany(Words)];

    private static Gen<string> Patterns =>
        from length in Gen.Choose(1, 3)
        from tokens in Gen.ListOf(Gen.Frequency((3, Gen.Constant("a")), (2, Gen.Constant("b")), (3, Gen.Constant("*"))), length)
        from hasTail in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        select string.Join('.', hasTail ? [.. tokens.Take(length - 1), ">"] : tokens);

    /// <summary>What is allowed, and what is denied of it, as permissions say.</summary>
    private static Gen<(string[] Allow, string[] Deny)> Lists =>
        from allow in Gen.ListOf(Patterns)
        from deny in Gen.ListOf(Patterns)
        select (allow.Take(4).ToArray(), deny.Take(4).ToArray());

    [Fact]
    public void Each_operation_is_exact() => Prop.ForAll(Lists.Two().ToArbitrary(), pair =>
    {
        (SubjectSet left, HashSet<string> inLeft) = Make(pair.Item1);
        (SubjectSet right, HashSet<string> inRight) = Make(pair.Item2);
        AssertSame(inLeft, left);
        AssertSame(inLeft.Union(inRight), left.Union(right));
        AssertSame(inLeft.Intersect(inRight), left.Intersect(right));
        AssertSame(inLeft.Except(inRight), left.Subtract(right));
        AssertSame(inLeft.Except(inRight).Except(inLeft), left.Subtract(right).Subtract(left));
        Assert.Equal(inRight.IsSubsetOf(inLeft), left.Contains(right));
        Assert.Equal(inRight.Overlaps(inLeft), left.Overlaps(right));
        AssertSame(inLeft.Except(inRight), left.Subtract(right).Simplify());
        string? sample = left.Subtract(right).Sample();
        Assert.True(sample is null ? inLeft.IsSubsetOf(inRight) : left.Contains(sample) && !right.Contains(sample), sample);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_pattern_matches_what_servers_match() => Prop.ForAll(Patterns.Two().ToArbitrary(), pair =>
    {
        (SubjectPattern left, SubjectPattern right) = (SubjectPattern.TryParse(pair.Item1)!, SubjectPattern.TryParse(pair.Item2)!);
        string[] both = [.. Universe.Where(subject => Subjects.Covers(left.Text, subject) && Subjects.Covers(right.Text, subject))];
        Assert.Equal(both, left.Intersect(right) is { } common ? Universe.Where(subject => Subjects.Covers(common.Text, subject)) : []);
        Assert.Equal(both.Length > 0, Subjects.Collide(left.Text, right.Text));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("orders.>", "orders.secret.>", "orders.> except orders.secret.>")]
    [InlineData("orders.>", "orders.*", "orders.> except orders.*")]
    [InlineData("orders.*|orders.new", "", "orders.*")]
    [InlineData("orders.*|bills.*", "orders.>", "bills.*")]
    [InlineData("orders.new", ">", "")]
    [InlineData("*.new", "orders.*", "*.new except orders.new")]
    public void What_is_left_is_told_in_words(string allow, string deny, string expected) =>
        Assert.Equal(expected, string.Join('|', SubjectSet.Of(allow.Split('|')).Subtract(SubjectSet.Of(deny.Split('|'))).ToTexts()));

    [Fact]
    public void What_several_patterns_cover_together_is_nothing()
    {
        SubjectSet left = SubjectSet.Of(["a.>"]).Subtract(SubjectSet.Of(["a.*"])).Subtract(SubjectSet.Of(["a.*.>"]));
        Assert.True(left.IsEmpty);
        Assert.Null(left.Sample());
        Assert.Equal("nothing", SubjectSet.Nothing.ToString());
    }

    private static (SubjectSet Set, HashSet<string> Subjects) Make((string[] Allow, string[] Deny) lists) => (
        SubjectSet.Of(lists.Allow).Subtract(SubjectSet.Of(lists.Deny)),
        [.. Universe.Where(subject => lists.Allow.Any(entry => Subjects.Covers(entry, subject)) && !lists.Deny.Any(entry => Subjects.Covers(entry,
            subject)))]);

    private static void AssertSame(IEnumerable<string> expected, SubjectSet found)
    {
        Assert.Equal(expected.Order(StringComparer.Ordinal), Universe.Where(found.Contains).Order(StringComparer.Ordinal));
        Assert.Equal(!expected.Any(), found.IsEmpty);
    }

    private static IEnumerable<string> Words(int length) => length == 0 ? [""] : Words(length - 1).SelectMany(
        _ => new[] { "a", "b", "c" }, (start, token) => start.Length == 0 ? token : $"{start}.{token}");
}
