using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>A dry-run transaction, which changes nothing and does not lock the store.</summary>
internal sealed class RehearsedTransaction(NatsStore store) : StoreTransaction(store, new NoLock())
{
    public override void SaveText(EntityPath path, byte[] text)
    {
    }

    public override void Delete(EntityPath path, bool includeCredentials)
    {
    }

    public override void Move(EntityPath path, EntityPath target)
    {
    }

    public override void ForgetKey(string publicKey)
    {
    }

    public override void SaveRotations(IReadOnlyCollection<RotationRecord> rotations)
    {
    }

    public override void Commit()
    {
    }

    protected override void Stage(EntityPath path, EntityDocument document, NatsKeyPair? userKey)
    {
    }

    protected override void Stage(NatsKeyPair key) => Store.Keys.RequireUnlocked();

    protected override void Discard()
    {
    }

    private sealed class NoLock : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
