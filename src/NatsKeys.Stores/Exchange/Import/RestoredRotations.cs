using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Records of rotations that were unfinished when the backup was made. Records that the store already has are kept.</summary>
internal sealed class RestoredRotations(NatsStore store, string file, IReadOnlyList<RotationRecord> rotations) : ImportItem(store, file)
{
    public override bool IsNeeded() => Missing(Store.ReadRotations()).Any();

    public override NatsEntity? Import(CancellationToken cancellation = default) => Conflicts.Retry<NatsEntity?>(() =>
    {
        using StoreTransaction change = Store.BeginChange(cancellation);
        List<RotationRecord> known = Store.ReadRotations();
        change.SaveRotations([.. known, .. Missing(known)]);
        change.Commit();
        return null;
    });

    public override string ToString() => $"{rotations.Count} unfinished {(rotations.Count == 1 ? "rotation" : "rotations")}";

    private IEnumerable<RotationRecord> Missing(List<RotationRecord> known) =>
        rotations.Where(rotation => !known.Exists(other => other.OldKey == rotation.OldKey));
}
