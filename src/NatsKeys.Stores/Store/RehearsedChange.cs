using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Changes of a store that never become real. Nobody else is kept from changing it meanwhile.</summary>
internal sealed class RehearsedChange(NatsStore store) : StoreChange(store, new NoLock())
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

    public override void SaveRotations(IReadOnlyCollection<UnfinishedRotation> rotations)
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
