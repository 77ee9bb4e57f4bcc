using NatsKeys.Bucket;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Connections that are lost while a change is sent, or while its answer comes.</summary>
public class LostAnswerTests
{
    [BucketTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_whose_connection_is_cut_is_made_once(bool before)
    {
        using var wire = new LossyWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        box.With(StoreBox.A);
        wire.Cut(2, before);
        box.With(StoreBox.U);
        wire.Cut(2, before);
        box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags = ["new"]));
        Assert.True(wire.Cuts >= 2);
        var found = new List<StoreRevision>();
        await foreach (StoreRevision revision in StoreHistory.ReadAsync(box.Store, CancellationToken.None))
        {
            found.Add(revision);
        }

        Assert.Equal(["Created O", "Created A", "Created U", "Changed U"], found.Select(revision => $"{revision.Action} {revision.Name}"));
        Assert.True(box.Store.Keys.Contains(box.User.Subject!));
        Assert.Equal(3, box.Store.Keys.PublicKeys().Count());
        Assert.Empty(Directory.GetFiles(box.At("keys"), ".natskeys.bucket.*"));
    }

    [BucketTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_account_that_is_renamed_while_the_connection_is_cut_has_all_its_users_under_the_new_name_alone(bool before)
    {
        using var wire = new LossyWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        box.With(StoreBox.U).With(StoreBox.A.Child("V"));
        wire.Cut(1, before);
        box.Edit(editor => editor.Rename(StoreBox.A, "B", SigningKeyChoice.Default));
        Assert.Equal(1, wire.Cuts);
        Assert.Equal(["B"], box.Store.Names(StoreBox.O));
        Assert.Equal(["U", "V"], box.Store.Names(new EntityPath("O", "B")));
    }

    private static StoreBox Box(LossyWire wire) =>
        new(keys => BucketServer.Create(new BucketAddress([wire.Url], BucketServer.NewAddress().Bucket), keys));
}
