using System.Globalization;
using NATS.Client.Core;
using NatsKeys.Bucket;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>What is read of a store in a bucket before its names are known.</summary>
public class BucketListingTests
{
    // More than servers give at once.
    private const int Many = 1500;

    private static readonly string[] Users =
        [.. Enumerable.Range(0, Many).Select(number => string.Create(CultureInfo.InvariantCulture, $"u{number:d4}"))];

    [BucketFact]
    public async Task The_first_user_of_many_comes_before_the_names_of_all_are_known()
    {
        using StoreBox box = await WithManyAsync();
        BucketStore store = Fresh(box);
        NatsEntity first = store.Children(store.Get(StoreBox.A)).First();
        Assert.Equal("U", first.Name);
        Assert.Null(store.Cache.Known);
        Assert.Equal(["U", .. Users], store.Children(store.Get(StoreBox.A)).Select(user => user.Name));
        Assert.NotNull(store.Cache.Indexed());
        Assert.Equal(["U", .. Users], store.Names(StoreBox.A));
    }

    [BucketFact]
    public async Task Names_are_sorted_whatever_their_case_and_what_was_removed_is_not_among_them()
    {
        using StoreBox box = await WithManyAsync();
        await BucketFill.UsersAsync(box, ["Zoë", "ämil", "u.0", "B", "a"]);
        Assert.True(SpinWait.SpinUntil(() => box.Store.Find(StoreBox.A.Child("B")) is not null, TimeSpan.FromMinutes(1)));
        box.Edit(editor => editor.Remove(StoreBox.A.Child("B"), new NatsKeys.Editing.EntityRemovalRequest { NoRevocation = true }));
        string[] names = [.. Fresh(box).Names(StoreBox.A)];
        Assert.Equal(Users.Length + 5, names.Length);
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        Assert.Equal(["a", "U", "u.0", "u0000"], names[..4]);
        Assert.Equal(["Zoë", "ämil"], names[^2..]);
    }

    [BucketFact]
    public void A_change_is_seen_at_once_by_whoever_had_just_listed_the_entities()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        BucketStore store = Fresh(box);
        Assert.Empty(store.Children(store.Get(StoreBox.A)).Single().Tags);
        using (var editor = new NatsKeys.Editing.EntityEditor(store))
        {
            editor.Change(StoreBox.U, NatsKeys.Signing.SigningKeyChoice.Default, user => user.Wanted.Tags = ["new"]);
        }

        Assert.Equal(["new"], store.Get(StoreBox.U).Tags);
        Assert.Null(store.Cache.Known);
    }

    [BucketFact]
    public async Task A_bucket_that_gives_entries_one_by_one_is_read_nevertheless()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        string bucket = BucketAddress.Parse(box.Store.Location).Bucket;
        await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
        NatsMsg<string> info = await connection.RequestAsync<string, string>($"$JS.API.STREAM.INFO.KV_{bucket}", "");
        var config = System.Text.Json.Nodes.JsonNode.Parse(info.Data!)!["config"]!;
        config["allow_direct"] = false;
        NatsMsg<string> changed = await connection.RequestAsync<string, string>($"$JS.API.STREAM.UPDATE.KV_{bucket}", config.ToJsonString());
        Assert.DoesNotContain("\"error\"", changed.Data, StringComparison.Ordinal);
        BucketStore store = Fresh(box);
        Assert.Equal(["U"], store.Names(StoreBox.A));
        Assert.Equal(["O", "A", "U"], (await HistoryAsync(store)).Select(revision => revision.Name));
    }

    [BucketFact]
    public async Task An_index_goes_on_behind_what_it_knows_when_the_connection_is_lost()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        BucketStore store = Fresh(box);
        BucketIndex index = store.Cache.Indexed();
        await store.Link.DropAsync(await store.Link.ConnectAsync(CancellationToken.None));
        box.With(StoreBox.A.Child("V"));
        Assert.True(SpinWait.SpinUntil(() => index.Names(StoreBox.A).Contains("V"), TimeSpan.FromSeconds(20)));
        Assert.Same(index, store.Cache.Known);
        Assert.Equal(["U", "V"], store.Names(StoreBox.A));
    }

    [BucketFact]
    public async Task An_index_of_a_bucket_that_was_made_anew_meanwhile_is_forgotten()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        BucketStore store = Fresh(box);
        BucketIndex index = store.Cache.Indexed();
        string bucket = BucketAddress.Parse(box.Store.Location).Bucket;
        await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
        NatsMsg<string> info = await connection.RequestAsync<string, string>($"$JS.API.STREAM.INFO.KV_{bucket}", "");
        await connection.RequestAsync<string, string>($"$JS.API.STREAM.DELETE.KV_{bucket}", "");
        string config = System.Text.Json.Nodes.JsonNode.Parse(info.Data!)!["config"]!.ToJsonString();
        await connection.RequestAsync<string, string>($"$JS.API.STREAM.CREATE.KV_{bucket}", config);
        for (int number = 0; number < 20; number++)
        {
            await connection.RequestAsync<string, string>($"$KV.{bucket}.e.x{number}", "x");
        }

        Assert.True(SpinWait.SpinUntil(() => !index.IsLive, TimeSpan.FromSeconds(20)));
        Assert.DoesNotContain("O", store.Names());
    }

    [BucketFact]
    public async Task The_history_is_read_page_by_page_and_knows_what_was_before_each_page()
    {
        using StoreBox box = await WithManyAsync();
        box.Edit(editor => editor.Change(StoreBox.U, NatsKeys.Signing.SigningKeyChoice.Default, user => user.Wanted.Tags = ["late"]));
        List<StoreRevision> found = await HistoryAsync(Fresh(box));
        Assert.Equal(Many + 5, found.Count);
        Assert.Equal(Many + 3, found.Count(revision => revision.Action == "Created"));
        Assert.Equal("Changed", found[^1].Action);
        Assert.Contains("late", Assert.Single(found[^1].Differences), StringComparison.Ordinal);
    }

    [BucketFact]
    public async Task Changes_that_arrive_while_the_newest_is_asked_for_do_not_drop_the_index()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        BucketStore store = Fresh(box);
        var cache = new BucketCache(store.Link, store.Reader, new OwnWrites(), freshness: TimeSpan.Zero);
        BucketIndex index = cache.Indexed();
        string bucket = BucketAddress.Parse(box.Store.Location).Bucket;
        using var end = new CancellationTokenSource();
        Task writing = Task.Run(async () =>
        {
            await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
            while (!end.IsCancellationRequested)
            {
                await connection.RequestAsync<string, string>($"$KV.{bucket}.e.x", "x");
            }
        });
        for (int number = 0; number < 1000; number++)
        {
            Assert.Same(index, cache.Fresh());
        }

        await end.CancelAsync();
        await writing;
    }

    [BucketFact]
    public void A_change_that_is_made_while_the_index_is_read_is_seen_by_its_process_though_it_was_not_delivered_yet()
    {
        using var wire = new HoldingWire(BucketServer.Url);
        using var box = new StoreBox(keys => BucketServer.Create(new BucketAddress([wire.Url], BucketServer.NewAddress().Bucket), keys));
        box.With(StoreBox.A);
        var store = (BucketStore)box.Store;
        ulong before = store.Newest(StoreBox.A).Revision;

        store.Cache.Indexed();
        store.Cache.Forget();
        wire.PassUpTo(0);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                store.Cache.BeginIndex();
                return wire.Held > 0;
            },
            TimeSpan.FromMinutes(1)));
        box.With(StoreBox.U);
        wire.PassUpTo(before);
        Assert.True(SpinWait.SpinUntil(() => store.Cache.Known is not null, TimeSpan.FromMinutes(1)));

        Assert.NotNull(store.Find(StoreBox.U));
        Assert.Equal(["U"], store.Names(StoreBox.A));
    }

    [BucketFact]
    public void A_change_is_seen_by_another_store_of_the_process_though_it_was_not_delivered_to_it_yet()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        using var wire = new HoldingWire(BucketServer.Url);
        var other = (BucketStore)BucketStores.Open(
            new BucketAddress([wire.Url], BucketAddress.Parse(box.Store.Location).Bucket), new ServerOptions([wire.Url]),
            BucketServer.Credential("other"), box.At("keys"));
        Assert.Equal(["A"], other.Cache.Indexed().Names(StoreBox.O));

        wire.PassUpTo(other.Cache.Indexed().Applied);
        box.With(StoreBox.U);
        Assert.NotNull(other.Find(StoreBox.U));
        Assert.Equal(["U"], other.Names(StoreBox.A));
    }

    [BucketFact]
    public async Task What_was_before_a_revision_is_found_although_a_nearby_server_does_not_have_that_revision_yet()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        BucketStore store = Fresh(box);
        ulong newest = store.Newest(StoreBox.U).Revision;

        // A server that lags behind answers as this one does about a revision that nobody wrote yet.
        IReadOnlyList<BucketEntry> found = await new BucketFeed(store.Link, store.Reader).GetBeforeAsync(
            [BucketKey.Of(StoreBox.U), BucketKey.Of(StoreBox.A.Child("none"))], newest + 100, CancellationToken.None);
        Assert.Equal([(BucketKey.Of(StoreBox.U), newest)], found.Select(entry => (entry.Key, entry.Revision)));
    }

    private static async Task<List<StoreRevision>> HistoryAsync(NatsStore store)
    {
        var found = new List<StoreRevision>();
        await foreach (StoreRevision revision in StoreHistory.ReadAsync(store, CancellationToken.None))
        {
            found.Add(revision);
        }

        return found;
    }

    private static async Task<StoreBox> WithManyAsync()
    {
        StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        await BucketFill.UsersAsync(box, Users);
        return box;
    }

    /// <summary>The store as a process opens it that has read nothing of it yet.</summary>
    private static BucketStore Fresh(StoreBox box) => (BucketStore)BucketServer.Open(box.Store, box.At("keys"), Guid.NewGuid().ToString("n"));
}
