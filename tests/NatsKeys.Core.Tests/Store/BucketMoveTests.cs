using System.Globalization;
using NatsKeys.Bucket;
using NatsKeys.Editing;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Accounts of more users than servers take as one change: they are renamed and removed, and nobody ever sees half of that.</summary>
public class BucketMoveTests
{
    private const int Many = 1200;

    private static readonly EntityPath B = new("O", "B");

    private static readonly string[] Users =
        [.. Enumerable.Range(0, Many).Select(number => string.Create(CultureInfo.InvariantCulture, $"u{number:d4}"))];

    [BucketFact]
    public async Task A_large_account_gets_another_name_and_its_users_are_what_they_were()
    {
        using StoreBox box = await WithManyAsync();
        string jwt = box.User.Jwt!;
        box.Edit(editor => editor.Rename(StoreBox.A, "B", SigningKeyChoice.Default));
        Assert.Equal(["B"], box.Store.Names(StoreBox.O));
        Assert.Equal(["U", .. Users], box.Store.Names(B));
        Assert.All(box.Store.Children(box.Store.Get(B)), user => Assert.Equal(jwt, user.Jwt));
        Assert.Empty(box.Store.Names(StoreBox.A));
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        Assert.Equal(["U", .. Users], other.Names(B));

        using var editor = new EntityEditor(other);
        editor.Rename(B, "A", SigningKeyChoice.Default);
        Assert.Equal(["U", .. Users], box.Store.Names(StoreBox.A));
        Assert.Empty(box.Store.Names(B));
    }

    [BucketFact]
    public async Task The_operator_of_a_large_account_gets_another_name()
    {
        using StoreBox box = await WithManyAsync();
        box.Edit(editor => editor.Rename(StoreBox.O, "P", SigningKeyChoice.Default));
        Assert.Equal(["P"], box.Store.Names());
        Assert.Equal(["A"], box.Store.Names(new EntityPath("P")));
        Assert.Equal(["U", .. Users], box.Store.Names(new EntityPath("P", "A")));
        Assert.Empty(box.Store.Names(StoreBox.O));
    }

    [BucketFact]
    public async Task The_name_of_a_large_account_is_spelled_in_another_way()
    {
        using StoreBox box = await WithManyAsync();
        box.Edit(editor => editor.Rename(StoreBox.A, "a", SigningKeyChoice.Default));
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        Assert.Equal(["a"], other.Names(StoreBox.O));
        Assert.All(other.Children(other.Get(StoreBox.A)), user => Assert.Equal("a", user.Path.Account));
        Assert.Equal("a", other.Get(StoreBox.U).Path.Account);
    }

    [BucketFact]
    public async Task Users_that_somebody_adds_meanwhile_are_moved_or_refused()
    {
        using StoreBox box = await WithManyAsync();
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        using var adding = new EntityEditor(other);
        var added = new List<string>();
        Task<ErrorCode> add = Task.Run(() =>
        {
            try
            {
                for (int number = 0; ; number++)
                {
                    added.Add(adding.CreateUser(new NewEntity($"late{number}"), StoreBox.A).Name);
                    Thread.Sleep(100);
                }
            }
            catch (NatsKeysException error)
            {
                return error.Code;
            }
        });
        box.Edit(editor => editor.Rename(StoreBox.A, "B", SigningKeyChoice.Default));
        Assert.Equal(ErrorCode.EntityNotFound, await add);
        Assert.NotEmpty(added);
        Assert.Equal(Users.Append("U").Concat(added).Order(StringComparer.OrdinalIgnoreCase), box.Store.Names(B));
        Assert.Empty(box.Store.Names(StoreBox.A));
    }

    [BucketFact]
    public async Task What_an_interrupted_change_of_the_name_left_is_seen_by_nobody_and_is_no_part_of_another_account_of_that_name()
    {
        using StoreBox box = await WithManyAsync();
        new BucketMove((BucketStore)box.Store, CancellationToken.None).Copy(StoreBox.A, B);
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        Assert.Equal(["A"], other.Names(StoreBox.O));
        Assert.Equal(Many + 3, other.Names().SelectMany(name => Below(other, new EntityPath(name))).Count());
        box.With(B);
        Assert.Empty(box.Store.Names(B));
        Assert.Empty(BucketServer.Open(box.Store, box.At("keys"), "third").Names(B));
    }

    [BucketFact]
    public async Task An_interrupted_change_of_the_name_is_made_again_with_what_is_there_then()
    {
        using StoreBox box = await WithManyAsync();
        new BucketMove((BucketStore)box.Store, CancellationToken.None).Copy(StoreBox.A, B);
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        using (var editor = new EntityEditor(other))
        {
            editor.Remove(StoreBox.A.Child("u0000"), new EntityRemovalRequest { NoRevocation = true });
            editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags = ["new"]);
            editor.Rename(StoreBox.A, "B", SigningKeyChoice.Default);
        }

        Assert.Equal(["U", .. Users[1..]], box.Store.Names(B));
        Assert.Equal(["new"], box.Store.Get(B.Child("U")).Tags);
    }

    [BucketFact]
    public async Task A_large_account_is_removed_and_nothing_of_it_comes_back_with_its_name()
    {
        using StoreBox box = await WithManyAsync();
        EntityRemovalResult removed = box.Edit(editor => editor.Remove(StoreBox.A, new EntityRemovalRequest { Recurse = true }));
        Assert.Equal(Many + 1, removed.Below.Count);
        Assert.Empty(box.Store.Names(StoreBox.O));
        Assert.Empty(((BucketStore)box.Store).Cache.Indexed().LiveBelow(StoreBox.O));
        box.With(StoreBox.A);
        Assert.Empty(box.Store.Names(StoreBox.A));
    }

    [BucketFact]
    public void The_name_of_a_small_account_is_spelled_in_another_way()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        box.Edit(editor => editor.Rename(StoreBox.A, "a", SigningKeyChoice.Default));
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        Assert.Equal(["a"], other.Names(StoreBox.O));
        Assert.Equal(new EntityPath("O", "a", "U"), other.Get(StoreBox.U).Path);
        Assert.Equal(new EntityPath("O", "a", "U"), box.User.Path);
    }

    [BucketFact]
    public void The_name_of_a_small_operator_is_spelled_in_another_way()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U).With(B.Child("V"));
        box.Edit(editor => editor.Rename(StoreBox.O, "o", SigningKeyChoice.Default));
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        Assert.Equal(["o"], other.Names());
        Assert.Equal(["A", "B"], other.Names(StoreBox.O));
        Assert.Equal(new EntityPath("o", "A", "U"), other.Get(StoreBox.U).Path);
        Assert.Equal(new EntityPath("o", "B", "V"), other.Get(B.Child("V")).Path);
    }

    [BucketFact]
    public void A_user_that_somebody_adds_while_the_name_of_its_account_is_spelled_in_another_way_stays()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        int attempts = 0;
        Conflicts.Retry(() =>
        {
            using StoreTransaction change = box.Store.BeginChange();
            change.Move(StoreBox.A, new EntityPath("O", "a"));
            if (attempts++ == 0)
            {
                using var faster = new EntityEditor(other);
                faster.CreateUser(new NewEntity("late"), StoreBox.A);
            }

            change.Commit();
        });
        Assert.Equal(2, attempts);
        Assert.Equal(new EntityPath("O", "a", "late"), box.Store.Get(StoreBox.A.Child("late")).Path);
    }

    private static IEnumerable<EntityPath> Below(NatsStore store, EntityPath path) => path.Kind == EntityKind.User
        ? [path]
        : store.Names(path).Select(path.Child).SelectMany(child => Below(store, child)).Prepend(path);

    private static async Task<StoreBox> WithManyAsync()
    {
        StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        await BucketFill.UsersAsync(box, Users);
        return box;
    }
}
