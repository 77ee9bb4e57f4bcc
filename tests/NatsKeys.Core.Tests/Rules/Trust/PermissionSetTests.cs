using FsCheck;
using FsCheck.Fluent;
using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>What may be published and received, as sets, is what the evaluator says of each subject.</summary>
public class PermissionSetTests
{
    private static readonly string[] Literals = [.. Words(["a", "b", "c"], 3)];
    private static readonly string[] Subscriptions = [.. Words(["a", "b", "c", "*", ">"], 3).Where(Subjects.IsWellFormed)];
    private static readonly ServerVersion[] Servers = [new(2, 9, 10), new(2, 10, 27), new(2, 11, 12), new(2, 12, 8), new(2, 14, 4)];

    private static Gen<string> Entries =>
        from first in Gen.Elements("a", "b", "*", ">")
        from second in Gen.Elements("", "", ".a", ".b", ".*", ".>")
        from queue in Gen.Frequency((5, Gen.Constant("")), (1, Gen.Elements(" q", " *", " q.x")))
        select first + second + queue;

    private static Gen<Permissions> Permissions =>
        from lists in Gen.ArrayOf(Gen.ArrayOf(Entries, 2), 4)
        from counts in Gen.ArrayOf(Gen.Choose(0, 2), 4)
        from resp in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from isStated in Gen.Elements(false, true)
        select new Permissions
        {
            Pub = new SubjectPermission { Allow = Listed(lists[0].Take(counts[0]), isStated), Deny = [.. lists[1].Take(counts[1])] },
            Sub = new SubjectPermission { Allow = [.. lists[2].Take(counts[2])], Deny = [.. lists[3].Take(counts[3])] },
            Resp = resp ? new ResponsePermission { Max = 1 } : null,
        };

    [Fact]
    public void What_may_be_published_is_what_the_evaluator_allows() => Prop.ForAll(Permissions.ToArbitrary(), permissions =>
    {
        foreach (ServerVersion server in Servers)
        {
            SubjectSet set = PermissionEvaluator.Publishable(permissions, server);
            Assert.Equal(Literals.Where(subject => PermissionEvaluator.Publish(permissions, subject, server).IsAllowed),
                Literals.Where(set.Contains));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void What_may_be_subscribed_to_may_be_received() => Prop.ForAll(Permissions.ToArbitrary(), permissions =>
    {
        foreach (ServerVersion server in Servers)
        {
            SubjectSet set = PermissionEvaluator.Receivable(permissions, server);
            string[] direct = [.. Literals.Where(subject => new[] { null, "q", "q.x", "z" }.Any(queue => PermissionEvaluator.Subscribe(permissions,
                subject, queue, server).IsAllowed))];
            Assert.All(direct, subject => Assert.True(set.Contains(subject), subject));
            foreach (string subject in Literals.Where(set.Contains))
            {
                (string asked, string? queue) = PermissionEvaluator.SubscriptionFor(permissions, subject, server)!.Value;
                Assert.True(PermissionEvaluator.Subscribe(permissions, asked, queue, server).IsAllowed && Subjects.Covers(asked, subject), subject);
                Assert.True(PermissionEvaluator.Subscribe(new Permissions { Sub = new SubjectPermission { Deny = permissions.Sub.Deny } }, subject,
                    queue, server).IsAllowed, subject);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Nothing_else_is_received_by_any_subscription_without_a_queue() => Prop.ForAll(Permissions.ToArbitrary(), permissions =>
    {
        ClaimList<string> Plain(ClaimList<string> entries) => [.. entries.Select(entry => entry.Split(' ')[0])];
        var plain = new Permissions { Sub = new SubjectPermission { Allow = Plain(permissions.Sub.Allow), Deny = Plain(permissions.Sub.Deny) } };
        var denied = new Permissions { Sub = new SubjectPermission { Deny = plain.Sub.Deny } };
        SubjectSet set = PermissionEvaluator.Receivable(plain);
        string[] accepted = [.. Subscriptions.Where(asked => PermissionEvaluator.Subscribe(plain, asked).IsAllowed)];

        // Servers keep from a subscription whatever is denied of it.
        Assert.Equal(
            Literals.Where(subject => PermissionEvaluator.Subscribe(denied, subject).IsAllowed && accepted.Any(asked => Subjects.Covers(asked,
                subject))),
            Literals.Where(set.Contains));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static ClaimList<string> Listed(IEnumerable<string> entries, bool isStated)
    {
        var list = new ClaimList<string>(entries);
        list.IsStatedEmpty = isStated && list.Count == 0;
        return list;
    }

    private static IEnumerable<string> Words(string[] tokens, int most) =>
        Enumerable.Range(1, most).SelectMany(length => Enumerable.Range(1, length - 1).Aggregate(
            tokens.AsEnumerable(), (words, _) => words.SelectMany(_ => tokens, (word, token) => $"{word}.{token}")));
}
