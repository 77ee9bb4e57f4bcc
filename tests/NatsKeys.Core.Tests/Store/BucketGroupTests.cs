using NatsKeys.Editing;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Several changes of a store in a bucket that are written together.</summary>
public class BucketGroupTests
{
    private static readonly EntityPath B = new("O", "B");

    [BucketFact]
    public void Those_who_make_changes_see_them_at_once_and_all_others_when_they_are_written()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        using ChangeGroup group = box.Store.BeginGroup(CancellationToken.None)!;
        using (group.Enter())
        {
            box.With(B);
            box.With(StoreBox.A.Child("new"));
            box.Edit(editor => editor.Remove(StoreBox.U, new EntityRemovalRequest()));
            Assert.Equal(["A", "B"], box.Store.Names(StoreBox.O));
            Assert.Equal(["new"], box.Store.Names(StoreBox.A));
            Assert.Equal("new", box.Store.Get(StoreBox.A.Child("NEW")).Name);
            Assert.Null(box.Store.Find(StoreBox.U));
            Assert.Equal(ErrorCode.EntityExists, Assert.Throws<NatsKeysException>(() => box.With(StoreBox.A.Child("New"))).Code);
        }

        Assert.Equal(["A"], box.Store.Names(StoreBox.O));
        Assert.Equal("U", box.User.Name);
        Assert.Equal(["A"], other.Names(StoreBox.O));
        group.Commit();
        Assert.Equal(["A", "B"], box.Store.Names(StoreBox.O));
        Assert.Null(box.Store.Find(StoreBox.U));
        NatsStore third = BucketServer.Open(box.Store, box.At("keys"), "third");
        Assert.Equal(["new"], third.Names(StoreBox.A));
    }

    [BucketFact]
    public void What_is_written_is_the_text_as_it_was_given_also_where_its_owner_overwrites_it_before()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        byte[] text = [.. box.Store.LoadText(StoreBox.U)!.Value.Text, .. "# more\n"u8];
        byte[] given = [.. text];
        using ChangeGroup group = box.Store.BeginGroup(CancellationToken.None)!;
        using (group.Enter())
        using (StoreTransaction change = box.Store.BeginChange())
        {
            change.SaveText(StoreBox.U, given);
            change.Commit();
        }

        Array.Clear(given);
        group.Commit();
        Assert.Equal(text, BucketServer.Open(box.Store, box.At("keys"), "other").LoadText(StoreBox.U)!.Value.Text);
    }

    [BucketFact]
    public void Where_somebody_else_was_faster_nothing_of_it_is_written_and_each_can_be_made_again()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        string[] keys = [.. box.Store.Keys.PublicKeys()];
        using ChangeGroup group = box.Store.BeginGroup(CancellationToken.None)!;
        using (group.Enter())
        {
            box.With(StoreBox.A.Child("V"));
            box.With(StoreBox.A.Child("W"));
        }

        using (var editor = new EntityEditor(BucketServer.Open(box.Store, box.At("keys"), "other")))
        {
            editor.Change(StoreBox.A, SigningKeyChoice.Default, account => account.Wanted.Tags = ["faster"]);
        }

        Assert.Equal(ErrorCode.StoreConflict, Assert.Throws<NatsKeysException>(group.Commit).Code);
        Assert.Empty(box.Store.Names(StoreBox.A));
        Assert.Equal(keys.Order(), box.Store.Keys.PublicKeys().Order());
        using (group.Enter())
        {
            box.With(StoreBox.A.Child("V"));
        }

        group.Commit();
        Assert.Equal(["V"], box.Store.Names(StoreBox.A));
        Assert.Equal(["faster"], box.Account.Tags);
    }

    [BucketFact]
    public void One_change_that_fails_leaves_the_others()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        using ChangeGroup group = box.Store.BeginGroup(CancellationToken.None)!;
        using (group.Enter())
        {
            box.With(StoreBox.A.Child("V"));
            using StoreTransaction failing = box.Store.BeginChange();
            failing.Save(StoreBox.A.Child("W"), box.Store.Get(StoreBox.A.Child("V")).Document);
        }

        group.Commit();
        Assert.Equal(["V"], box.Store.Names(StoreBox.A));
    }

    [BucketFact]
    public void What_a_group_adds_and_removes_is_seen_below_a_name_in_any_case()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        using ChangeGroup group = box.Store.BeginGroup(CancellationToken.None)!;
        using (group.Enter())
        {
            box.With(StoreBox.A.Child("new"));
            box.Edit(editor => editor.Remove(StoreBox.U, new EntityRemovalRequest()));
            Assert.Equal(["new"], box.Store.Names(new EntityPath("o", "a")));
        }
    }

    [Fact]
    public void Stores_that_gain_nothing_by_groups_have_none()
    {
        using var box = new StoreBox(StorePlace.Disk);
        Assert.Null(box.Store.BeginGroup(CancellationToken.None));
    }
}
