using NATS.Client.Core;
using NatsKeys.Bucket;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Writes many entities into a bucket at once, as a change would have to sign each.</summary>
internal static class BucketFill
{
    /// <summary>Gives the account users with the content of one that it has.</summary>
    public static Task UsersAsync(StoreBox box, IEnumerable<string> names) => CopiesAsync(box, StoreBox.U, names.Select(StoreBox.A.Child));

    /// <summary>Writes entities with the content of another one.</summary>
    public static async Task CopiesAsync(StoreBox box, EntityPath source, IEnumerable<EntityPath> copies)
    {
        byte[] text = box.Store.LoadText(source)!.Value.Text;
        string prefix = $"$KV.{BucketAddress.Parse(box.Store.Location).Bucket}.";
        await using var connection = new NatsConnection(new NatsOpts { Url = BucketServer.Url });
        string last = "";
        foreach (EntityPath path in copies)
        {
            last = prefix + BucketKey.Of(path);
            await connection.PublishAsync(last, text, BucketEntry.Headers(path, "filler@host", new string('0', 32), isDeleted: false));
        }

        // The answer to the last one says that all of them are there.
        await connection.RequestAsync<byte[], byte[]>(last, text);
    }
}
