using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public class ConcurrencyTests
{
    private const int Writers = 16;

    [Theory]
    [EveryStore]
    public void Of_many_who_make_the_same_entity_at_once_one_succeeds(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        Exception?[] errors = AtOnce(() => box.Create(StoreBox.A, new NewEntity("U")));
        Assert.Single(errors, error => error is null);
        Assert.All(errors, error => Assert.True(error is null or NatsKeysException { Code: ErrorCode.EntityExists }, error?.ToString()));
        Assert.Equal(EntityState.Signed, box.User.State);
    }

    [Theory]
    [EveryStore]
    public void No_edit_that_was_reported_as_done_is_lost(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        Exception?[] errors = AtOnce(() => box.AddSigningKey(StoreBox.A));
        Assert.Equal(errors.Count(error => error is null), box.Account.SigningKeys.Count);
        Assert.Equal(EntityState.Signed, box.Account.State);
    }

    [Fact]
    public void Nobody_reads_half_a_file()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        Exception?[] errors = AtOnce(() =>
        {
            for (int round = 0; round < 20; round++)
            {
                box.Resign(StoreBox.A, claims => claims.Tags = [.. Enumerable.Range(0, round * 50).Select(index => $"tag{index}")]);
                Assert.Equal(EntityState.Signed, box.Account.State);
            }
        });
        Assert.All(errors, Assert.Null);
    }

    [Fact]
    public void One_key_can_be_kept_by_many_at_once()
    {
        using var box = new StoreBox(StorePlace.Disk);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        Assert.All(AtOnce(() => box.Store.Keys.Add(key)), Assert.Null);
        Assert.True(box.Store.Keys.Contains(key.PublicKey));
    }

    [Fact]
    public void A_key_that_is_looked_for_while_it_is_stored_is_there_or_not_there()
    {
        using var box = new StoreBox(StorePlace.Disk);
        for (int round = 0; round < 100; round++)
        {
            using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
            int turn = 0;
            Assert.All(
                AtOnce(() =>
                {
                    if (Interlocked.Increment(ref turn) == 1)
                    {
                        box.Store.Keys.Add(key);
                        return;
                    }

                    bool isFound = false;
                    while (!isFound)
                    {
                        using NatsKeyPair? found = box.Store.Keys.Find(key.PublicKey);
                        isFound = found is not null;
                    }
                }),
                Assert.Null);
        }
    }

    /// <summary>Runs an action on threads of their own that start together; a pool might run them one after the other.</summary>
    private static Exception?[] AtOnce(Action action)
    {
        var errors = new Exception?[Writers];
        using var barrier = new Barrier(Writers);
        Thread[] threads = [.. Enumerable.Range(0, Writers).Select(index => new Thread(() =>
        {
            barrier.SignalAndWait();
            errors[index] = Record.Exception(action);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return errors;
    }
}
