using NatsKeys.Bucket;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>A store in a bucket as it was at an earlier revision.</summary>
public class BucketHistoryTests
{
    [BucketFact]
    public async Task The_store_is_read_as_it_was_after_a_revision()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        long before = await LastAsync(box);
        EntityPath added = StoreBox.A.Child("added");
        await BucketFill.UsersAsync(box, [added.Name]);
        long between = await LastAsync(box);
        box.Edit(editor => editor.Change(StoreBox.U, NatsKeys.Signing.SigningKeyChoice.Default, user => user.Wanted.Tags = ["later"]));
        box.Edit(editor => editor.Remove(added, new NatsKeys.Editing.EntityRemovalRequest { NoRevocation = true }));
        long after = await LastAsync(box);

        NatsStore first = await ReadAsync(box, before);
        NatsStore second = await ReadAsync(box, between);
        NatsStore last = await ReadAsync(box, after);

        Assert.Equal(["U"], first.Names(StoreBox.A));
        Assert.Equal(["added", "U"], second.Names(StoreBox.A));
        Assert.Empty(second.Get(StoreBox.U).Tags);
        Assert.Equal(["U"], last.Names(StoreBox.A));
        Assert.Equal(["later"], last.Get(StoreBox.U).Tags);
        Assert.Equal(box.Store.Get(StoreBox.U).Jwt, last.Get(StoreBox.U).Jwt);
    }

    [BucketFact]
    public async Task A_revision_that_is_not_there_yet_is_refused()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        long last = await LastAsync(box);
        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(() => ReadAsync(box, last + 1));
        Assert.Equal(ErrorCode.NoHistory, error.Code);
        Assert.Contains($"{last + 1}", error.Message, StringComparison.Ordinal);
    }

    [BucketFact]
    public async Task A_state_that_the_bucket_no_longer_keeps_is_refused_and_the_entity_is_named()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        long before = await LastAsync(box);
        for (int change = 0; change <= BucketSetup.MostRevisions; change++)
        {
            string tag = $"t{change}";
            box.Edit(editor => editor.Change(StoreBox.U, NatsKeys.Signing.SigningKeyChoice.Default, user => user.Wanted.Tags = [tag]));
        }

        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(() => ReadAsync(box, before));
        Assert.Equal(ErrorCode.NoHistory, error.Code);
        Assert.Contains(StoreBox.U.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(["U"], (await ReadAsync(box, await LastAsync(box))).Names(StoreBox.A));
    }

    [Fact]
    public async Task A_store_in_a_folder_has_no_revisions()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(() => ReadAsync(box, 1));
        Assert.Equal(ErrorCode.NoHistory, error.Code);
    }

    private static Task<NatsStore> ReadAsync(StoreBox box, long revision) =>
        StoreHistory.ReadStateAsync(box.Store, revision, CancellationToken.None);

    private static async Task<long> LastAsync(StoreBox box)
    {
        long last = 0;
        await foreach (StoreRevision revision in StoreHistory.ReadAsync(box.Store, CancellationToken.None))
        {
            last = revision.Revision;
        }

        return last;
    }
}
