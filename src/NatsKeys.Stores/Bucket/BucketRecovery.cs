using System.Text;

namespace NatsKeys.Bucket;

/// <summary>
/// Finishes what processes of this machine left when they ended within a change. Servers have the change or not; the private keys that were kept
/// for it stay or go with it.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class BucketRecovery(BucketStore store)
{
    /// <summary>Does what is left to do. What servers do not answer now is left to whoever comes next.</summary>
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
                    // Whoever may only read cannot keep the change from being made, and so cannot find out either.
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

    /// <summary>Whether the change wrote an entity. Its own record is kept for an hour.</summary>
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

    /// <summary>Whether an entity names a key, however that came about.</summary>
    private bool IsUsed(string entity, string key) => BucketStore.Wait(store.Reader.GetAsync(entity)) is { Body: { } body }
        && body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(key)) >= 0;
}
