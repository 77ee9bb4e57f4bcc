using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>Which entry of permissions decides. What a server decides in the same cases is in the vectors.</summary>
public class PermissionEvaluatorTests
{
    [Theory]
    [InlineData("a", "b", "a", true, "sub.allow", "a")]
    [InlineData("a", "b", "b", false, "sub.allow", "b")]
    [InlineData("a.>", "a.b", "a.b", false, "sub.deny", "a.b")]
    [InlineData("", "a", "a", false, "sub.deny", "a")]
    [InlineData("", "a", "b", true, "sub.allow", "")]
    [InlineData("", "", "a..b", false, "subject", "a..b")]
    [InlineData("a.>.b", "", "a.x", false, "sub.allow", "a.x")]
    [InlineData("a.*", "", "a.>", true, "sub.allow", "a.*,a.>")]
    [InlineData("", "a.*", "a.>", false, "sub.deny", "a.*")]
    public void An_allowed_subject_is_needed_where_there_are_any_and_a_denied_one_goes_before_it(
        string allow, string deny, string subject, bool isAllowed, string rule, string named) =>
        Assert.Equal((isAllowed, rule, named), Shown(PermissionEvaluator.Subscribe(Sub(allow, deny), subject)));

    [Theory]
    [InlineData("", "a", "q", false, "sub.deny", "a")]
    [InlineData("a", "a q", "q", false, "sub.deny", "a q")]
    [InlineData("a", "a q", "r", true, "sub.allow", "a")]
    [InlineData("a", "a q", null, true, "sub.allow", "a")]
    [InlineData("a", "a q,a", "r", false, "sub.deny", "a")]
    [InlineData("a", "a q,a", "q", false, "sub.deny", "a")]
    [InlineData("a", "a q,a", null, false, "sub.deny", "a")]
    [InlineData("a q", "", "q", true, "sub.allow", "a q")]
    [InlineData("a q", "", "r", false, "sub.allow", "a")]
    [InlineData("a q", "", null, false, "sub.allow", "a")]
    [InlineData("a q.*", "", "q.1", true, "sub.allow", "a q.*")]
    [InlineData("a q,a", "", "r", false, "sub.allow", "a")]
    [InlineData("a q,a r", "", "r", true, "sub.allow", "a r")]
    [InlineData("a q,a r", "", "q", true, "sub.allow", "a q")]
    public void Entries_with_a_queue_hold_for_that_queue_alone_and_go_before_the_others(
        string allow, string deny, string? queue, bool isAllowed, string rule, string named) =>
        Assert.Equal((isAllowed, rule, named), Shown(PermissionEvaluator.Subscribe(Sub(allow, deny), "a", queue)));

    /// <summary>A rule for all groups is checked with samples, so each entry needs one that it alone decides about.</summary>
    [Fact]
    public void Sample_groups_are_none_of_the_patterns_and_each_entry_has_one_beyond_the_others()
    {
        string inside = SubjectSet.Of(["q.*"]).Sample()!;
        string[] samples = [.. PermissionEvaluator.QueuesOf(Sub($"a q.*,a {inside}", "b r,c").Sub)];
        Assert.DoesNotContain(samples, sample => sample.Contains('*', StringComparison.Ordinal));
        Assert.Contains(inside, samples);
        Assert.Contains("r", samples);
        Assert.Contains(samples, sample => sample != inside && PermissionEvaluator.MatchesQueue("q.*", sample));
        Assert.Contains(samples, sample => sample != "r" && !PermissionEvaluator.MatchesQueue("q.*", sample));
        Assert.Equal(samples.Distinct(), samples);
    }

    [Theory]
    [InlineData("2.12.6", true)]
    [InlineData("2.12.7", false)]
    public void On_older_servers_the_denies_of_a_queue_take_the_place_of_those_of_all(string version, bool isAllowed)
    {
        Assert.True(ServerVersion.TryParse(version, out ServerVersion server));
        Assert.Equal(isAllowed, PermissionEvaluator.Subscribe(Sub("a", "a q,a"), "a", "r", server).IsAllowed);
    }

    [Theory]
    [InlineData("", "", false, true, "pub.allow")]
    [InlineData("a", "", true, true, "pub.allow")]
    [InlineData("b", "", true, false, "pub.allow")]
    [InlineData("", "", true, false, "resp")]
    [InlineData("", "a", false, false, "pub.deny")]
    public void Somebody_who_may_answer_publishes_nothing_else_than_what_is_allowed(
        string allow, string deny, bool answers, bool isAllowed, string rule)
    {
        var permissions = new Permissions { Resp = answers ? new ResponsePermission() : null };
        Fill(permissions.Pub, allow, deny);
        PermissionVerdict verdict = PermissionEvaluator.Publish(permissions, "a");
        Assert.Equal((isAllowed, rule), (verdict.IsAllowed, verdict.Rule));
    }

    /// <summary>A list that is stated and empty allows nothing to be published, if anything is denied.</summary>
    [Fact]
    public void An_empty_list_is_told_from_one_that_does_not_cover_a_subject()
    {
        var user = (UserClaims)ClaimPayload.Parse("""{"nats":{"type":"user","version":2,"pub":{"allow":[],"deny":["d"]}}}""");
        Permissions permissions = user.Permissions;
        Assert.Contains("is empty", PermissionEvaluator.Publish(permissions, "a").Message, StringComparison.Ordinal);
        Fill(permissions.Pub, "b", "d");
        Assert.Contains("No allowed subject covers 'a'", PermissionEvaluator.Publish(permissions, "a").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subscription_is_found_for_what_can_be_received_and_the_subject_itself_comes_first()
    {
        Assert.Equal(("a.b", null), PermissionEvaluator.SubscriptionFor(Sub("a.*", ""), "a.b"));
        Assert.Equal(("a.>", null), PermissionEvaluator.SubscriptionFor(Sub("a.*", ""), "a.b.c"));
        Assert.Equal(("a", "q"), PermissionEvaluator.SubscriptionFor(Sub("a q", ""), "a"));
        Assert.Equal(("a", null), PermissionEvaluator.SubscriptionFor(Sub("a q,a", ""), "a"));
        Assert.Null(PermissionEvaluator.SubscriptionFor(Sub("a", ""), "b"));
    }

    [Fact]
    public void One_side_does_not_decide_the_other()
    {
        var permissions = new Permissions();
        Fill(permissions.Sub, "b", "a");
        Assert.True(PermissionEvaluator.Publish(permissions, "a").IsAllowed);
        Assert.False(PermissionEvaluator.Subscribe(permissions, "a").IsAllowed);
    }

    /// <summary>What was decided, by which list, and what the message names: the entry that decided, or the subject.</summary>
    private static (bool IsAllowed, string Rule, string Named) Shown(PermissionVerdict verdict) =>
        (verdict.IsAllowed, verdict.Rule, string.Join(',', verdict.Message.Split('\'').Where((_, index) => index % 2 == 1)));

    private static Permissions Sub(string allow, string deny)
    {
        var permissions = new Permissions();
        Fill(permissions.Sub, allow, deny);
        return permissions;
    }

    private static void Fill(SubjectPermission permission, string allow, string deny)
    {
        permission.Allow.AddRange(allow.Split(',', StringSplitOptions.RemoveEmptyEntries));
        permission.Deny.AddRange(deny.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }
}
