using System.Text;

namespace NatsKeys.Bucket;

/// <summary>
/// Recovers changes of processes on this machine that ended halfway. The servers have the whole change or nothing of it. Private keys that were
/// stored for the change are kept or removed accordingly.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class BucketRecovery(BucketStore store)
{
    /// <summary>Does the remaining work. If servers do not respond, it is left for a later recovery.</summary>
    public void Run()
    {
        foreach (BucketIntent intent in BucketIntent.Left(store.KeyRoot, store.Identity))
        {
            using (intent)
            {
                try
                {
                    Finish(intent);
                }
                catch (NatsKeysException error) when (
                    error.Code is ErrorCode.OutcomeUnknown or ErrorCode.ServerUnreachable or ErrorCode.ServerRefused or ErrorCode.FileAccess)
                {
                    // A user with read permission only cannot prevent the change from being made, so the outcome cannot be determined.
                }
            }
        }
    }

    private void Finish(BucketIntent intent)
    {
        IntentRecord record = intent.Record;
        bool isMade = BucketStore.Wait(store.Writer.FindOutAsync(record.Change)) || record.Entities.Any(key => IsInHistory(key, record.Change));
        if (isMade)
        {
            foreach (LocalStep step in record.Steps)
            {
                step.Do(store);
            }
        }
        else
        {
            foreach (string key in record.Added.Where(key => !record.Entities.Any(entity => IsUsed(entity, key))))
            {
                store.Keys.Remove(key);
            }
        }

        intent.Finish();
        string outcome = isMade ? "made" : "not made, and its private keys were removed";
        store.Notice($"Recovered an interrupted change of the store {store.Location}: it was {outcome}.");
    }

    /// <summary>Whether the change wrote an entity. This is needed because the record of a change expires after an hour.</summary>
    private bool IsInHistory(string key, string change)
    {
        for (ulong next = 1; BucketStore.Wait(store.Reader.GetNextAsync(key, next, CancellationToken.None)) is { } entry;)
        {
            if (entry.Change == change)
            {
                return true;
            }

            next = entry.Revision + 1;
        }

        return false;
    }

    /// <summary>Whether an entity contains a public key, whichever change wrote it.</summary>
    private bool IsUsed(string entity, string key) => BucketStore.Wait(store.Reader.GetAsync(entity)) is { Body: { } body }
        && body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(key)) >= 0;
}
