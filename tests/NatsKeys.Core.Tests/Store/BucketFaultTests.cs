using NatsKeys.Core.Tests.Editing;
using NatsKeys.Files;
using System.Text;
using NATS.Client.Core;
using NatsKeys.Bucket;
using NatsKeys.Editing;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>What others may do to a bucket, and changes that are larger than servers take.</summary>
public class BucketFaultTests
{
    private const int Many = 700;

    [BucketFact]
    public void What_another_tool_wrote_is_an_error_of_that_entity_alone()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        Write(box, "e.o.a.bad", "no: [yaml");
        Write(box, "e.o.a.also.bad.key", "x");
        Write(box, "e.o.UPPER", "x");
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => Eventually(box, StoreBox.A.Child("bad")));
        Assert.Equal(ErrorCode.InvalidYaml, error.Code);
        Assert.Contains("bad", error.Message, StringComparison.Ordinal);
        Assert.Equal(["bad", "U"], box.Store.Names(StoreBox.A));
        Assert.NotNull(box.User.Jwt);
    }

    [BucketFact]
    public async Task What_another_tool_purged_is_gone_and_can_be_made_again()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        Assert.Equal(["U"], box.Store.Names(StoreBox.A));
        string bucket = BucketAddress.Parse(box.Store.Location).Bucket;
        await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
        await connection.RequestAsync<string, string>(
            $"$JS.API.STREAM.PURGE.KV_{bucket}", $$"""{"filter":"$KV.{{bucket}}.e.o.a.u"}""");
        box.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Default, account => account.Wanted.Tags = ["still"]));
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        Assert.Null(other.Find(StoreBox.U));
        using var editor = new EntityEditor(other);
        Assert.Equal("U", editor.CreateUser(new NewEntity("U"), StoreBox.A).Name);
    }

    [BucketTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_another_tool_wrote_without_a_spelling_does_not_respell_its_account(bool isIndexed)
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        Write(box, "e.o.a.v", "garbage: [");
        var other = (BucketStore)BucketServer.Open(box.Store, box.At("keys"), $"spelling {isIndexed}");
        if (isIndexed)
        {
            other.Cache.Indexed();
        }

        string[] found = [other.Stored(StoreBox.A.Child("v")).ToString(), other.Stored(StoreBox.U).ToString()];
        Assert.Equal([StoreBox.A.Child("v").ToString(), StoreBox.U.ToString()], found, StringComparer.Ordinal);
    }

    [BucketFact]
    public async Task What_a_bucket_had_before_it_was_purged_as_a_whole_is_not_shown()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        var store = (BucketStore)box.Store;
        var cache = new BucketCache(store.Link, store.Reader, new OwnWrites(), freshness: TimeSpan.Zero);
        Assert.Equal(["O"], cache.Indexed().Names(parent: null));
        await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
        await connection.RequestAsync<string, string>($"$JS.API.STREAM.PURGE.KV_{BucketAddress.Parse(box.Store.Location).Bucket}", "");
        Assert.Null(cache.Fresh());
        Assert.Empty(cache.Indexed().Names(parent: null));
    }

    [BucketFact]
    public async Task A_bucket_that_was_deleted_is_told_and_nothing_of_it_is_shown()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        Assert.Equal(["U"], box.Store.Names(StoreBox.A));
        await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
        await connection.RequestAsync<string, string>(
            $"$JS.API.STREAM.DELETE.KV_{BucketAddress.Parse(box.Store.Location).Bucket}", "");
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        Assert.Equal(ErrorCode.StoreNotFound, Assert.Throws<NatsKeysException>(() => box.Store.Find(StoreBox.U)).Code);
        Assert.Equal(
            ErrorCode.StoreNotFound,
            Assert.Throws<NatsKeysException>(() => box.Edit(editor => editor.CreateUser(new NewEntity("V"), StoreBox.A))).Code);
    }

    [BucketFact]
    public async Task A_connection_that_was_closed_as_nobody_used_it_comes_back()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        Assert.Equal(["U"], box.Store.Names(StoreBox.A));
        await ((BucketStore)box.Store).RestAsync();
        Assert.Equal("U", box.User.Name);
        await ((BucketStore)box.Store).RestAsync();
        box.With(StoreBox.A.Child("V"));
        Assert.Equal(["U", "V"], box.Store.Names(StoreBox.A));
    }

    [BucketFact]
    public void A_change_that_read_more_than_servers_take_as_one_is_made_and_does_not_pass_over_what_others_did()
    {
        using StoreBox box = WithMany();
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        int attempts = 0;
        int seen = Conflicts.Retry(() =>
        {
            using StoreTransaction change = box.Store.BeginChange();
            int count = box.Store.Names(StoreBox.A).Count(name => change.Get(StoreBox.A.Child(name)).Jwt is not null);
            if (attempts++ == 0)
            {
                using var faster = new EntityEditor(other);
                faster.CreateUser(new NewEntity("late"), StoreBox.A);
            }

            change.Save(StoreBox.O, change.Get(StoreBox.O).Document);
            change.Commit();
            return count;
        });
        Assert.Equal(Many + 1, seen);
        Assert.True(attempts > 1);
    }

    [BucketFact]
    public void A_rotation_of_more_users_than_servers_take_as_one_is_finished_in_parts()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        string key = box.AddSigningKey(StoreBox.A);
        AddMany(box);
        KeyRotationResult result = box.Edit(editor => editor.Rotate(new RotationRequest(StoreBox.A, key)));
        Assert.True(result.IsFinished);
        Assert.Equal(Many, result.SignedAgain.Distinct().Count());
        Assert.All(box.Store.Children(box.Account), user => Assert.Equal(result.NewKey, user.Issuer));
        Assert.DoesNotContain(key, box.Account.Wanted.ListedKeys);
        Assert.Empty(box.Store.ReadRotations());
    }

    [BucketFact]
    public void A_user_that_somebody_else_adds_while_a_key_is_replaced_is_signed_by_the_new_key_in_the_end()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        string key = box.AddSigningKey(StoreBox.A);
        box.With(StoreBox.U);
        NatsStore other = BucketServer.Open(box.Store, box.At("keys"), "other");
        using var faster = new EntityEditor(other);
        bool isAdded = false;
        KeyRotationResult result = box.Edit(editor => editor.Rotate(new RotationRequest(StoreBox.A, key)
        {
            Progress = new Reporter(() =>
            {
                // The users were listed by now, and nothing is written yet.
                if (!isAdded)
                {
                    isAdded = true;
                    Assert.Equal(key, faster.CreateUser(new NewEntity("late"), StoreBox.A).Issuer);
                }
            }),
        }));
        Assert.Equal(result.NewKey, box.Store.Get(StoreBox.A.Child("late")).Issuer);
        Assert.Contains(StoreBox.A.Child("late"), result.SignedAgain);
        Assert.Empty(box.Store.ReadRotations());
    }

    [BucketFact]
    public void A_replacement_of_an_operators_key_that_another_process_finishes_meanwhile_does_not_become_another_one()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        string old = box.Operator.Subject!;
        using var faster = new EntityEditor(BucketServer.Open(box.Store, box.At("keys"), "other"));
        KeyRotationResult result = box.Edit(editor => editor.UpdateOperatorKey(
            StoreBox.O, key: null, keepAsSigningKey: false, AddsThenFinishes(
                () => faster.CreateAccount(new NewEntity("late"), StoreBox.O),
                () => faster.UpdateOperatorKey(StoreBox.O, key: null, keepAsSigningKey: false))));
        Assert.Equal((old, box.Operator.Subject, true), (result.OldKey, result.NewKey, result.IsFinished));
        Assert.Contains(StoreBox.A, result.SignedAgain);
        Assert.Equal(result.NewKey, box.Store.Get(StoreBox.O.Child("late")).Issuer);
        Assert.Empty(box.Store.ReadRotations());
        Assert.Equal(2, box.Store.Keys.PublicKeys().Count(key => key.StartsWith('O')));
    }

    [BucketFact]
    public void A_rotation_of_a_signing_key_that_another_process_finishes_meanwhile_is_finished()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        string old = box.AddSigningKey(StoreBox.A);
        box.With(StoreBox.U);
        using var faster = new EntityEditor(BucketServer.Open(box.Store, box.At("keys"), "other"));
        KeyRotationResult result = box.Edit(editor => editor.Rotate(new RotationRequest(StoreBox.A, old)
        {
            Progress = AddsThenFinishes(
                () => faster.CreateUser(new NewEntity("late"), StoreBox.A),
                () => faster.Rotate(new RotationRequest(StoreBox.A, old))),
        }));
        Assert.Equal((old, true, false), (result.OldKey, result.IsFinished, result.IsOldKeyListed));
        Assert.Equal([result.NewKey], box.Account.Wanted.ListedKeys);
        Assert.Contains(StoreBox.U, result.SignedAgain);
        Assert.Equal(result.NewKey, box.Store.Get(StoreBox.A.Child("late")).Issuer);
        Assert.Empty(box.Store.ReadRotations());
    }

    [BucketFact]
    public async Task Importers_for_which_a_change_has_no_room_left_are_signed_by_the_next_one()
    {
        // The users almost fill the first change, and the other accounts are guarded by it.
        const int Users = 580;
        const int Importers = 30;
        const int Others = 390;
        using var box = new RotationBox(StorePlace.Bucket);
        box.Box.With(StoreBox.O.Child("C"));
        await BucketFill.CopiesAsync(box.Box, StoreBox.A.Child("u1"), Names(Users).Select(StoreBox.A.Child));
        await BucketFill.CopiesAsync(box.Box, StoreBox.O.Child("C"), Names(Others).Select(name => StoreBox.O.Child("c" + name)));
        await BucketFill.CopiesAsync(box.Box, RotationBox.B, Names(Importers).Select(name => StoreBox.O.Child("b" + name)));
        Assert.True(SpinWait.SpinUntil(() => box.Store.Names(StoreBox.O).Count() == Others + Importers + 3, TimeSpan.FromMinutes(1)));
        KeyRotationResult result = box.Rotate(box.Plain);
        Assert.Empty(result.Pending);
        Assert.True(result.IsFinished);
        Assert.Equal((Users + 2, Importers + 1), (result.SignedAgain.Distinct().Count(), result.Importers.Distinct().Count()));
        Assert.All(
            result.Importers,
            path => Assert.Equal(result.NewKey, ((NatsAccount)box.Store.Get(path)).GetImports()[0].Activation!.Issuer));
        Assert.DoesNotContain(box.Plain, box.Box.Account.Wanted.ListedKeys);
        Assert.Empty(box.Store.ReadRotations());

        static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(number => $"{number}");
    }

    [BucketFact]
    public void A_change_that_was_made_is_no_failure_when_its_maker_stops_reading()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        ((BucketStore)box.Store).Cache.Indexed();
        string file = CredentialFile.DefaultPath(box.User)!;
        for (int number = 0; number < 20; number++)
        {
            SecretFile.Write(file, CredentialTexts.Of(box.User), overwrite: true);
            EntityPath target = StoreBox.A.Child($"U{number}");
            using (StoreTransaction change = box.Store.BeginChange())
            {
                change.Save(StoreBox.A, change.Get(StoreBox.A).Document);
                change.Move(StoreBox.U, target);
                Stopped(change.Commit);
            }

            Assert.Equal([target.Name], box.Store.Names(StoreBox.A));
            Assert.False(File.Exists(file));
            using StoreTransaction back = box.Store.BeginChange();
            back.Move(target, StoreBox.U);
            Stopped(back.Commit);
            Assert.True(File.Exists(file));
        }
    }

    /// <summary>Does something whose reads are canceled.</summary>
    private static void Stopped(Action work)
    {
        ReadStop.Set(new CancellationToken(canceled: true));
        try
        {
            work();
        }
        finally
        {
            ReadStop.Set(CancellationToken.None);
        }
    }

    /// <summary>
    /// While the first part is signed, adds what the old key signs, so that there is another part. While that is signed, finishes the whole.
    /// </summary>
    private static Reporter AddsThenFinishes(Action add, Action finish)
    {
        int parts = 0;
        return new Reporter(() => (++parts switch { 1 => add, 2 => finish, _ => () => { } })());
    }

    private sealed class Reporter(Action report) : IProgress<EntityPath>
    {
        public void Report(EntityPath value) => report();
    }

    private static StoreBox WithMany()
    {
        StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.A);
        AddMany(box);
        return box;
    }

    /// <summary>Adds users, some hundred as one change, as an import would have to make one change of each.</summary>
    private static void AddMany(StoreBox box)
    {
        box.With(StoreBox.A.Child("u0"));
        foreach (int[] some in Enumerable.Range(1, Many - 1).Chunk(350))
        {
            using StoreTransaction change = box.Store.BeginChange();
            using var editor = new EntityEditor(box.Store);
            foreach (int number in some)
            {
                editor.CreateUser(change, new NewEntity($"u{number}"), StoreBox.A);
            }

            change.Commit();
        }
    }

    private static NatsEntity? Eventually(StoreBox box, EntityPath path)
    {
        NatsEntity? found = null;
        SpinWait.SpinUntil(() => (found = box.Store.Find(path)) is not null, TimeSpan.FromSeconds(10));
        return found;
    }

    private static void Write(StoreBox box, string key, string text) => Assert.NotNull(((BucketStore)box.Store).Writer.CommitAsync(
        Guid.NewGuid().ToString("n"), [new BucketWrite(key, Encoding.UTF8.GetBytes(text), [])], CancellationToken.None).GetAwaiter().GetResult());
}
