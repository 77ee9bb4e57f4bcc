using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>A transaction of a store in memory: its changes are collected and applied on commit.</summary>
internal sealed class MemoryTransaction(MemoryStore store, IDisposable storeLock) : StoreTransaction(store, storeLock)
{
    private readonly List<Action> steps = [];
    private readonly StagedKeys keys = new();

    public override void SaveText(EntityPath path, byte[] text) => Stage(path, MemoryStore.Signed(path, text), userKey: null);

    public override void Delete(EntityPath path, bool includeCredentials) => steps.Add(() => store.Delete(path));

    public override void Move(EntityPath path, EntityPath target) => steps.Add(() => store.Move(path, target));

    public override void ForgetKey(string publicKey) => steps.Add(() => store.Keys.Remove(publicKey));

    public override void SaveRotations(IReadOnlyCollection<RotationRecord> rotations) => steps.Add(() => store.Rotations = [.. rotations]);

    public override void Commit()
    {
        steps.ForEach(step => step());
        steps.Clear();
    }

    protected override void Stage(EntityPath path, EntityDocument document, NatsKeyPair? userKey)
    {
        string jwt = document.Jwt!;
        steps.Add(() => store.Save(path, jwt));
    }

    protected override void Stage(NatsKeyPair key)
    {
        NatsKeyPair copy = keys.Add(key);
        steps.Add(() => store.Keys.Add(copy));
    }

    protected override void Discard() => keys.Dispose();
}
