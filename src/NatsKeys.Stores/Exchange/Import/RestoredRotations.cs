using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Notes of rotations that were not finished when the backup was made. Those that the store has stay as they are.</summary>
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
