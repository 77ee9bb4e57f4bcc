using System.Text;
using NATS.Client.Core;
using NatsKeys.Bucket;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>What a process leaves in the key root that ended while it changed a bucket, and who finishes it.</summary>
public class BucketRecoveryTests
{
    private static readonly EntityPath V = StoreBox.A.Child("V");

    private readonly string id = Guid.NewGuid().ToString("n");

    [BucketFact]
    public void Private_keys_of_a_change_that_was_not_made_go_with_it()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        Leave(box, key);
        box.With(V);
        Assert.False(box.Store.Keys.Contains(key.PublicKey));
        Assert.True(box.Store.Keys.Contains(box.User.Subject!));
        Assert.Contains(box.Store.TakeNotices(), notice => notice.Message.Contains("interrupted", StringComparison.Ordinal));
        Assert.Empty(Intents(box));
    }

    [BucketFact]
    public void A_change_that_was_made_has_its_private_keys_and_what_followed_it_is_done()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        using NatsKeyPair old = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Store.Keys.Add(old);
        string path = CredentialFile.DefaultPath(box.User)!;
        using (var credential = new NatsCredential(box.User.Document.ReadToken(), box.Store.Keys.Find(box.User.Subject!)!))
        {
            CredentialFile.Write(box.User, credential, path, overwrite: false);
        }

        string before = File.ReadAllText(path);
        box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags = ["new"]));
        Assert.Contains(box.User.Jwt!, File.ReadAllText(path), StringComparison.Ordinal);
        File.WriteAllText(path, before);
        Leave(box, key, new LocalStep(LocalAction.Forget, PublicKey: old.PublicKey), new LocalStep(LocalAction.Renew, StoreBox.U));
        Commit(box, key.PublicKey);
        box.With(StoreBox.A.Child("W"));
        Assert.True(box.Store.Keys.Contains(key.PublicKey));
        Assert.False(box.Store.Keys.Contains(old.PublicKey));
        Assert.Contains(box.User.Jwt!, File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Empty(Intents(box));
    }

    [BucketFact]
    public async Task A_change_that_was_made_long_ago_is_known_from_what_it_wrote()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        Leave(box, key);
        Commit(box, "nothing of the key");

        // As after an hour.
        string bucket = BucketAddress.Parse(box.Store.Location).Bucket;
        await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
        await connection.RequestAsync<string, string>($"$JS.API.STREAM.PURGE.KV_{bucket}", $$"""{"filter":"$KV.{{bucket}}.c.>"}""");
        box.With(StoreBox.A.Child("W"));
        Assert.True(box.Store.Keys.Contains(key.PublicKey));
    }

    [BucketFact]
    public void A_change_that_its_process_still_makes_and_one_of_another_bucket_are_left_alone()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        using NatsKeyPair mine = NatsKeyPair.Generate(NatsKeyType.User);
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.User);
        box.Store.Keys.Add(mine);
        box.Store.Keys.Add(other);
        using BucketIntent held = BucketIntent.Begin(box.At("keys"), Record(box, mine));
        BucketIntent.Begin(box.At("keys"), Record(box, other) with { Bucket = "other", Change = new string('1', 32) }).Dispose();
        box.With(V);
        Assert.True(box.Store.Keys.Contains(mine.PublicKey));
        Assert.True(box.Store.Keys.Contains(other.PublicKey));
        Assert.Equal(2, Intents(box).Length);
    }

    [BucketFact]
    public void Nothing_is_left_by_changes_that_are_made_or_refused()
    {
        using StoreBox box = new StoreBox(StorePlace.Bucket).With(StoreBox.U);
        using StoreTransaction change = box.Store.BeginChange();
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        change.KeepKey(key);
        change.Save(V, box.User.Document);
        using (var editor = new EntityEditor(BucketServer.Open(box.Store, box.At("keys"), "other")))
        {
            editor.CreateUser(new NewEntity("V"), StoreBox.A);
        }

        Assert.Equal(ErrorCode.StoreConflict, Assert.Throws<NatsKeysException>(change.Commit).Code);
        Assert.False(box.Store.Keys.Contains(key.PublicKey));
        Assert.Empty(Intents(box));
    }

    /// <summary>What is there when a process ends right before the batch is sent, or right behind it.</summary>
    private void Leave(StoreBox box, NatsKeyPair key, params LocalStep[] steps)
    {
        BucketIntent intent = BucketIntent.Begin(box.At("keys"), Record(box, key) with { Steps = steps });
        box.Store.Keys.Add(key);
        intent.Dispose();
    }

    private IntentRecord Record(StoreBox box, NatsKeyPair key) =>
        new(((BucketStore)box.Store).Identity, id, [key.PublicKey], [BucketKey.Of(V)], []);

    private void Commit(StoreBox box, string text) => Assert.NotNull(((BucketStore)box.Store).Writer.CommitAsync(
        id,
        [new BucketWrite(BucketKey.Of(V), Encoding.UTF8.GetBytes(text), BucketEntry.Headers(V, "x", id, isDeleted: false))],
        CancellationToken.None).GetAwaiter().GetResult());

    private static string[] Intents(StoreBox box) => Directory.GetFiles(box.At("keys"), ".natskeys.bucket.*");
}
