using NatsKeys.Bucket;
using NatsKeys.Editing;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>A store in a bucket that several processes change at once. What every store does is tested with the others.</summary>
public class BucketStoreTests
{
    [BucketFact]
    public void Two_that_open_it_see_what_the_other_one_wrote()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        Assert.Equal(["A"], other.Names(StoreBox.O));
        box.With(StoreBox.U);
        Assert.True(SpinWait.SpinUntil(() => other.Names(StoreBox.A).Any(), TimeSpan.FromSeconds(10)));
        Assert.Equal(box.User.Jwt, other.Get(StoreBox.U).Jwt);
    }

    [BucketFact]
    public void A_change_is_made_again_from_what_somebody_else_wrote_meanwhile()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        int attempts = 0;
        box.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Default, account =>
        {
            if (attempts++ == 0)
            {
                using var faster = new EntityEditor(other);
                Tag(faster, "first");
            }

            account.Wanted.Tags = [.. account.Wanted.Tags, "second"];
        }));
        Assert.Equal(2, attempts);
        Assert.Equal(["first", "second"], box.Account.Tags);
    }

    [BucketFact]
    public void Of_many_that_edit_one_account_nobody_loses_anything()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        NatsStore[] stores = [.. Enumerable.Range(0, 4).Select(number => BucketServer.Open(box.Store, box.At("keys"), $"user{number}"))];
        Parallel.For(0, 40, number =>
        {
            using var editor = new EntityEditor(stores[number % 4]);
            Tag(editor, $"tag{number}");
        });
        Assert.Equal(
            Enumerable.Range(0, 40).Select(number => $"tag{number}").Order(StringComparer.Ordinal), box.Account.Tags.Order(StringComparer.Ordinal));
    }

    [BucketFact]
    public void Several_threads_read_within_one_change()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        Assert.Empty(box.Store.Names(StoreBox.A));
        using StoreTransaction change = box.Store.BeginChange();
        Parallel.For(0, 20_000, number => Assert.Null(box.Store.Find(StoreBox.A.Child($"u{number}"))));
    }

    [BucketFact]
    public void Nobody_adds_a_user_to_an_account_that_is_removed_at_the_same_time()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        Assert.Equal(["A"], other.Names(StoreBox.O));
        box.Edit(editor => editor.Remove(StoreBox.A, new EntityRemovalRequest()));
        using var late = new EntityEditor(other);
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => late.CreateUser(new NewEntity("late"), StoreBox.A));
        Assert.Equal(ErrorCode.EntityNotFound, error.Code);
        Assert.Empty(box.Store.Names(StoreBox.A));
    }

    [BucketFact]
    public void Names_are_the_same_whatever_their_case_and_keep_their_spelling()
    {
        using var box = new StoreBox(StorePlace.Bucket);
        box.With(new EntityPath("Ö.2", "A b"));
        Assert.Equal(["Ö.2"], box.Store.Names());
        Assert.Equal("A b", box.Store.Get(new EntityPath("ö.2", "a B")).Name);
    }

    [BucketFact]
    public async Task The_history_tells_who_changed_what()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        box.Edit(editor => Tag(editor, "x"));
        var found = new List<StoreRevision>();
        await foreach (StoreRevision revision in StoreHistory.ReadAsync(box.Store, CancellationToken.None))
        {
            found.Add(revision);
        }

        Assert.Equal(["Created O", "Created A", "Changed A"], found.Select(revision => $"{revision.Action} {revision.Name}"));
        Assert.StartsWith("tester@", found[2].By, StringComparison.Ordinal);
        Assert.Empty(found[1].GetEntity()!.Tags);
        Assert.Equal(["x"], found[2].GetEntity()!.Tags);
    }

    [BucketFact]
    public void A_change_of_too_many_entities_is_refused_and_changes_nothing()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        NatsEntity account = box.Account;
        using (StoreTransaction change = box.Store.BeginChange())
        {
            foreach (int number in Enumerable.Range(0, BucketWriter.MaximumBatch))
            {
                change.Save(StoreBox.A.Child($"u{number}"), account.Document);
            }

            Assert.Equal(ErrorCode.ChangeTooLarge, Assert.Throws<NatsKeysException>(change.Commit).Code);
        }

        Assert.Empty(box.Store.Names(StoreBox.A));
    }

    [Theory]
    [InlineData("nats://h:4222/b", "nats://h:4222/b")]
    [InlineData("NATS://h:4222,i/b", "nats://h:4222,i/b")]
    [InlineData("tls://h/b", "tls://h/b")]
    [InlineData("nats://h:4222,nats://i:4222/b", "nats://h:4222,i:4222/b")]
    [InlineData(" nats://h , i/b/ ", "nats://h,i/b")]
    [InlineData("nats://[::1]:4222/b", "nats://[::1]:4222/b")]
    public void An_address_is_read_and_written(string text, string written) => Assert.Equal(written, BucketAddress.Parse(text).ToString());

    [Theory]
    [InlineData("nats://h:4222", ErrorCode.InvalidServer)]
    [InlineData("nats://h:4222/", ErrorCode.InvalidServer)]
    [InlineData("nats:///b", ErrorCode.InvalidServer)]
    [InlineData("nats://,/b", ErrorCode.InvalidServer)]
    [InlineData("nats://h/a/b", ErrorCode.InvalidServer)]
    [InlineData("nats://h?x=1/b", ErrorCode.InvalidServer)]
    [InlineData("nats://h,tls://i/b", ErrorCode.InvalidServer)]
    [InlineData("nats://h:99999/b", ErrorCode.InvalidServer)]
    [InlineData("nats://h:4222/a.b", ErrorCode.InvalidName)]
    [InlineData("nats://user:secret@h:4222/b", ErrorCode.InvalidServer)]
    [InlineData("http://h/b", ErrorCode.InvalidServer)]
    public void What_is_no_address_is_refused_without_its_password(string text, ErrorCode code)
    {
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => BucketAddress.Parse(text));
        Assert.Equal(code, error.Code);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static EntityChangeResult Tag(EntityEditor editor, string tag) => editor.Change(
        StoreBox.A, SigningKeyChoice.Default, account => account.Wanted.Tags = [.. account.Wanted.Tags, tag]);
}
