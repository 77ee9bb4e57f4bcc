using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Sharing;

/// <summary>Reading changes nothing: several threads get from one object what one thread gets alone, and the object is the same afterwards.</summary>
public class SharedReadingTests
{
    private const int Threads = 8;
    private const int Turns = 8;

    [Fact]
    public void Every_public_method_is_known_to_read_or_to_do_something_else()
    {
        string[] methods = [.. PublicReads.Methods().Distinct()];
        string[] unknown = [.. methods.Where(
            method => !PublicReads.All.ContainsKey(method) && !PublicReads.Others.Contains(method)
                && !PublicReads.Others.Contains(method.Split('.')[0] + ".*"))];
        Assert.True(unknown.Length == 0, string.Join(", ", unknown));
        Assert.Empty(PublicReads.All.Keys.Where(name => !name.Contains(' ', StringComparison.Ordinal)).Except(methods));
    }

    [Theory]
    [EveryStore]
    internal void What_reads_gives_many_threads_what_it_gives_one(StorePlace place)
    {
        using var shared = new SharedObjects(place);
        string[] before = shared.Texts();
        Dictionary<string, string> alone = PublicReads.All.ToDictionary(read => read.Key, read => Shown.Of(read.Value(shared)));
        Assert.Equal(before, shared.Texts());

        var wrong = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var start = new Barrier(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            // All of them do the same at the same time: what one does for a moment another one sees.
            foreach ((string name, Func<SharedObjects, object?> read) in PublicReads.All)
            {
                start.SignalAndWait();
                for (int turn = 0; turn < Turns; turn++)
                {
                    Compare(shared, name, read, alone[name], wrong);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Empty(wrong.Distinct());
        Assert.Equal(before, shared.Texts());
        Assert.All(PublicReads.All, read => Assert.Equal(alone[read.Key], Shown.Of(read.Value(shared))));
    }

    [Theory]
    [EveryStore]
    internal void What_a_store_hands_out_cannot_be_changed(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Limits.DisallowBearer = true);
        foreach (NatsAccount account in new[] { NatsKeys.Store.EntityLookup.FindAccount(box.Store, "O", "A"), box.Account })
        {
            AccountClaims claims = account.Claims;
            Assert.Throws<InvalidOperationException>(() => claims.Limits.DisallowBearer = false);
            Assert.Throws<InvalidOperationException>(() => claims.Limits = new AccountLimits());
            Assert.Throws<InvalidOperationException>(() => claims.SigningKeys.Add(new AccountSigningKey()));
            Assert.Throws<InvalidOperationException>(() => claims.Revocations["*"] = 1);
            Assert.Throws<InvalidOperationException>(() => claims.DefaultPermissions.Pub.Allow.Add(">"));
            ((AccountClaims)claims.Copy()).Limits.DisallowBearer = false;
        }

        var bearer = new UserPermissions { BearerToken = true };
        Refused.With(ErrorCode.RuleBroken, () => box.Edit(editor => editor.CreateUser(new NewEntity("U") { Permissions = bearer }, StoreBox.A)));
        Assert.False(bearer.IsReadOnly);
        Assert.True(bearer.BearerToken);
    }

    [Fact]
    internal void Every_member_of_claims_is_read_only_once_they_are()
    {
        foreach (ClaimKind kind in Enum.GetValues<ClaimKind>())
        {
            ClaimSet claims = kind.NewClaims();
            claims.Freeze();
            AssertReadOnly(claims);
            var copy = (ClaimSet)claims.Copy();
            Assert.False(copy.IsReadOnly || copy.Tags.IsReadOnly);
            Assert.Equal(ClaimPayload.Write(claims), ClaimPayload.Write(copy));
        }
    }

    [Fact]
    internal void A_copy_says_the_same_and_shares_nothing_that_can_change()
    {
        using var shared = new SharedObjects(StorePlace.Memory);
        string before = Shown.Of(shared.Loose);
        var copy = (AccountClaims)shared.Loose.Copy();
        Assert.Equal(before, Shown.Of(copy));

        copy.Exports[1].Revocations.Clear();
        copy.Mappings["m"][0].Subject = "other";
        copy.Limits.TieredLimits["R1"].MemStorage = 9;
        copy.DefaultPermissions.Pub.Allow.Clear();
        copy.Tags.Clear();
        Assert.Equal(before, Shown.Of(shared.Loose));
    }

    [Fact]
    internal void Signing_leaves_the_claims_alone()
    {
        using var shared = new SharedObjects(StorePlace.Memory);
        string before = Shown.Of(shared.Loose);
        JwtWriter.Write(shared.Loose, shared.Keys.Find(shared.OperatorKey)!);
        Assert.Equal(before, Shown.Of(shared.Loose));
        Assert.False(shared.Loose.IsReadOnly || shared.Loose.Limits.IsReadOnly);
    }

    private static void Compare(
        SharedObjects shared, string name, Func<SharedObjects, object?> read, string expected,
        System.Collections.Concurrent.ConcurrentQueue<string> wrong)
    {
        try
        {
            if (Shown.Of(read(shared)) != expected)
            {
                wrong.Enqueue(name);
            }
        }
        catch (Exception error)
        {
            // What a thread throws would end the process.
            wrong.Enqueue($"{name}: {error}");
        }
    }

    private static void AssertReadOnly(object part)
    {
        foreach (System.Reflection.PropertyInfo property in part.GetType().GetProperties()
            .Where(property => property.GetIndexParameters().Length == 0))
        {
            object? value = property.GetValue(part);
            if (property.SetMethod is { } setter && property.DeclaringType != typeof(ClaimObject))
            {
                var thrown = Assert.Throws<System.Reflection.TargetInvocationException>(() => setter.Invoke(part, [value]));
                Assert.IsType<InvalidOperationException>(thrown.InnerException);
            }

            if (value is ClaimObject claims)
            {
                AssertReadOnly(claims);
            }
            else if (value is System.Collections.ICollection and not Array && value.GetType().Namespace == "NatsKeys.Claims")
            {
                Assert.True((bool)value.GetType().GetProperty("IsReadOnly")!.GetValue(value)!, property.Name);
            }
        }
    }
}
