using NatsKeys.Bucket;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Store;

/// <summary>The connection over which the names of all entities are delivered, and when that is begun.</summary>
public class BucketIndexTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [BucketFact]
    public void Reads_and_changes_do_not_wait_for_the_delivery_of_all_names()
    {
        using var wire = new DeliveryWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        BucketStore store = Fresh(box);
        wire.Hold();
        store.Cache.BeginIndex();
        Await(() => wire.Deliveries == 1);
        Assert.Equal("U", store.Get(StoreBox.U).Name);
        using (var editor = new NatsKeys.Editing.EntityEditor(store))
        {
            editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags = ["new"]);
        }

        Assert.Equal(["new"], store.Get(StoreBox.U).Tags);
        Assert.Equal(["U"], store.Names(StoreBox.A));
        Assert.Null(store.Cache.Known);
        wire.Release();
        Await(() => store.Cache.Known is not null);
        Assert.Equal(["new"], store.Get(StoreBox.U).Tags);
    }

    [BucketFact]
    public async Task The_index_has_one_connection_of_its_own_which_ends_with_it()
    {
        using var wire = new DeliveryWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        int others = wire.Open;
        BucketStore store = Fresh(box);
        Assert.Equal(1, wire.Open - others);
        for (int number = 0; number < 3; number++)
        {
            store.Cache.Indexed();
            Assert.Equal(2, wire.Open - others);
            store.Cache.Forget();
            Await(() => wire.Open - others == 1);
        }

        store.Cache.Indexed();
        await store.RestAsync();
        Await(() => wire.Open == others);
        Assert.Equal(["U"], store.Names(StoreBox.A));
    }

    [BucketFact]
    public void An_index_whose_own_connection_is_cut_goes_on_over_another_one()
    {
        using var wire = new DeliveryWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        int others = wire.Open;
        BucketStore store = Fresh(box);
        BucketIndex index = store.Cache.Indexed();
        wire.Cut();
        box.With(StoreBox.A.Child("V"));
        Await(() => index.Names(StoreBox.A).Contains("V"));
        Assert.Same(index, store.Cache.Known);
        Assert.Equal(["U", "V"], store.Names(StoreBox.A));
        Await(() => wire.Open - others == 2);
    }

    [BucketFact]
    public void A_read_is_not_older_than_the_change_of_this_process_although_the_delivery_is_held()
    {
        using var wire = new DeliveryWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        BucketStore store = Fresh(box);
        BucketIndex index = store.Cache.Indexed();
        wire.Hold();
        using (var editor = new NatsKeys.Editing.EntityEditor(store))
        {
            editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags = ["new"]);
        }

        Assert.Equal(["new"], store.Get(StoreBox.U).Tags);
        Assert.NotSame(index, store.Cache.Known);
    }

    [BucketFact]
    public void An_index_shares_the_connection_of_the_store_where_servers_allow_no_other_one()
    {
        using var wire = new DeliveryWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        BucketStore store = Fresh(box);
        wire.Most = wire.Open;
        Assert.Equal(["U"], store.Cache.Indexed().Names(StoreBox.A));
        box.With(StoreBox.A.Child("V"));
        Await(() => store.Names(StoreBox.A).SequenceEqual(["U", "V"]));
        Assert.Equal("U", store.Get(StoreBox.U).Name);
        Assert.NotNull(store.Cache.Known);
    }

    [BucketFact]
    public async Task A_process_that_reads_little_of_a_large_bucket_does_not_read_all_its_names()
    {
        using var wire = new DeliveryWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        string[] users = [.. Enumerable.Range(0, 1500).Select(number => $"u{number}")];
        await BucketFill.UsersAsync(box, users);
        BucketStore store = Fresh(box);
        int before = wire.Deliveries;
        Read(users[..20]);
        Assert.Equal(before, wire.Deliveries);
        Read(users[20..120]);
        Await(() => store.Cache.Known is not null);

        void Read(IEnumerable<string> names) => Assert.All(names, name => Assert.NotNull(store.Find(StoreBox.A.Child(name))));
    }

    private static void Await(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience));

    private static StoreBox Box(DeliveryWire wire) =>
        new StoreBox(keys => BucketServer.Create(new BucketAddress([wire.Url], BucketServer.NewAddress().Bucket), keys)).With(StoreBox.U);

    /// <summary>The store as a process opens it that has read nothing of it yet.</summary>
    private static BucketStore Fresh(StoreBox box) => (BucketStore)BucketStores.Open(
        BucketAddress.Parse(box.Store.Location),
        new NatsKeys.Server.ServerOptions(BucketAddress.Parse(box.Store.Location).Servers),
        BucketServer.Credential(Guid.NewGuid().ToString("n")),
        box.At("keys"));
}
