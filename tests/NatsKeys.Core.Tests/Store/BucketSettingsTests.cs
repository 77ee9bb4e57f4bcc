using System.Text.Json.Nodes;
using NATS.Client.Core;
using NatsKeys.Bucket;
using NatsKeys.Editing;
using NatsKeys.Server;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Buckets that somebody made with settings of their own.</summary>
public class BucketSettingsTests
{
    [BucketTheory]
    [InlineData("max_age", """{ "max_age": 3600000000000 }""")]
    [InlineData("discard", """{ "discard": "old", "max_msgs": 20 }""")]
    [InlineData("discard", """{ "discard": "old", "max_bytes": 20000 }""")]
    [InlineData("retention", """{ "retention": "workqueue" }""")]
    [InlineData("retention", """{ "retention": "interest" }""")]
    [InlineData("subjects", """{ "subjects": ["elsewhere.BUCKET.>"] }""")]
    [InlineData("subject_transform", """{ "subject_transform": { "src": "$KV.BUCKET.>", "dest": "$KV.other.BUCKET.>" } }""")]
    [InlineData("storage", """{ "storage": "memory" }""")]
    [InlineData("discard_new_per_subject", """{ "discard_new_per_subject": true }""")]
    [InlineData("no_ack", """{ "no_ack": true, "allow_atomic": true }""")]
    [InlineData("allow_atomic", """{ "allow_atomic": false }""")]
    [InlineData("allow_msg_ttl", """{ "allow_msg_ttl": false }""")]
    public async Task A_bucket_that_loses_entities_or_changes_is_no_store_and_the_setting_is_named(string setting, string different)
    {
        using var folder = new TemporaryFolder();
        BucketAddress address = BucketServer.NewAddress();
        await MakeAsync(address.Bucket, different);
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => BucketServer.Create(address, folder.At("keys")));
        Assert.Equal(ErrorCode.BucketNotUsable, error.Code);
        Assert.Contains($"({setting}", error.Message, StringComparison.Ordinal);
        Assert.Contains(address.ToString(), error.Message, StringComparison.Ordinal);
    }

    [BucketFact]
    public void More_replicas_than_servers_are_refused_with_what_is_possible()
    {
        using var folder = new TemporaryFolder();
        BucketAddress address = BucketServer.NewAddress();
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => BucketStores.Create(
            address, new ServerOptions(address.Servers), BucketServer.Credential(), replicas: 3, folder.At("keys"), fullPath: null,
            CancellationToken.None));
        Assert.Equal((ErrorCode.ServerRefused, Remedy.UseFewerReplicas), (error.Code, error.Remedy));
        Assert.Contains("3 replicas", error.Message, StringComparison.Ordinal);
    }

    [BucketFact]
    public async Task A_store_whose_bucket_deletes_by_itself_from_now_on_is_not_opened()
    {
        BucketAddress address = BucketServer.NewAddress();
        await MakeAsync(address.Bucket, "{}");
        using var box = new StoreBox(keys => BucketServer.Create(address, keys));
        box.With(StoreBox.U);
        await MakeAsync(address.Bucket, """{ "max_age": 3600000000000 }""", request: "UPDATE");
        Assert.Equal(
            ErrorCode.BucketNotUsable,
            Assert.Throws<NatsKeysException>(() => BucketServer.Open(box.Store, box.At("keys"), "other")).Code);
    }

    [BucketTheory]
    [InlineData("""{ "max_msgs_per_subject": 1 }""")]
    [InlineData("""{ "allow_direct": false }""")]
    [InlineData("""{ "max_msgs": 1000000, "max_bytes": 10000000 }""")]
    public async Task A_bucket_with_other_settings_keeps_a_store(string different)
    {
        BucketAddress address = BucketServer.NewAddress();
        await MakeAsync(address.Bucket, different);
        using var box = new StoreBox(keys => BucketServer.Create(address, keys));
        box.With(StoreBox.U);
        box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags = ["new"]));
        Assert.Equal(["new"], BucketServer.Open(box.Store, box.At("keys"), "other").Get(StoreBox.U).Tags);
    }

    [BucketTheory]
    [InlineData("""{ "max_msgs": 40 }""", 120, ErrorCode.ServerRefused, "messages")]
    [InlineData("""{ "max_bytes": 60000 }""", 120, ErrorCode.ServerRefused, "bytes")]
    [InlineData("""{ "max_msg_size": 3000 }""", 120, ErrorCode.FileTooLarge, "O/A/v120")]
    [InlineData("""{ "max_msg_size": 3000 }""", 199, ErrorCode.FileTooLarge, "O/A/v199")]
    public async Task A_change_for_which_a_bucket_has_no_room_is_refused_as_a_whole_and_leaves_no_keys(
        string different, int large, ErrorCode code, string words)
    {
        BucketAddress address = BucketServer.NewAddress();
        await MakeAsync(address.Bucket, different);
        using var box = new StoreBox(keys => BucketServer.Create(address, keys));
        box.With(StoreBox.U);
        IReadOnlyList<string> before = box.Snapshot();
        NatsKeysException error = Assert.Throws<NatsKeysException>(() =>
        {
            using StoreTransaction change = box.Store.BeginChange();
            using var editor = new EntityEditor(box.Store);
            for (int number = 0; number < 200; number++)
            {
                // Of a message in the middle, servers do not say what is wrong with it.
                string[] tags = number == large ? [new string('d', 3000)] : [];
                editor.CreateUser(change, new NewEntity($"v{number}") { Tags = tags }, StoreBox.A);
            }

            change.Commit();
        });
        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, box.Snapshot());
    }

    private static async Task MakeAsync(string bucket, string different, string request = "CREATE")
    {
        JsonObject config = JsonNode.Parse(
            """
            {
                "name": "KV_BUCKET", "subjects": ["$KV.BUCKET.>"], "storage": "file", "retention": "limits", "discard": "new",
                "num_replicas": 1, "max_msgs_per_subject": 64, "allow_rollup_hdrs": true, "deny_delete": true, "allow_direct": true,
                "allow_msg_ttl": true, "allow_atomic": true
            }
            """.Replace("BUCKET", bucket, StringComparison.Ordinal))!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(different.Replace("BUCKET", bucket, StringComparison.Ordinal))!.AsObject())
        {
            config[name] = value?.DeepClone();
        }

        await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
        NatsMsg<string> answer = await connection.RequestAsync<string, string>(
            $"$JS.API.STREAM.{request}.KV_{bucket}", config.ToJsonString());
        Assert.DoesNotContain("\"error\"", answer.Data, StringComparison.Ordinal);
    }
}
