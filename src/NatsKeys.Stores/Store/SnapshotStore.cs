using NatsKeys.KeyRoot;

namespace NatsKeys.Store;

/// <summary>
/// The entities of a store at one time, such as those of a backup or of an earlier revision, with their unsigned edits. It has no keys and no
/// credentials, and cannot be changed.
/// </summary>
internal sealed class SnapshotStore : NatsStore
{
    private static readonly EntityPath Top = new("");
    private readonly Dictionary<EntityPath, (EntityPath Path, byte[] Text)> entities = [];
    private readonly Dictionary<EntityPath, SortedSet<string>> names = [];

    /// <summary>Creates a snapshot.</summary>
    /// <param name="location">The origin of the entities, for messages.</param>
    /// <param name="entities">The entities with their texts.</param>
    /// <param name="clock">Provides the time.</param>
    public SnapshotStore(string location, IEnumerable<(EntityPath Path, byte[] Text)> entities, TimeProvider clock)
        : base(new MemoryKeyStore(clock), clock, new())
    {
        Location = location;
        foreach ((EntityPath path, byte[] text) in entities)
        {
            this.entities[path.Folded] = (path, text);
            EntityPath parent = path.Parent?.Folded ?? Top;
            SortedSet<string> siblings = names.TryGetValue(parent, out SortedSet<string>? known)
                ? known
                : names[parent] = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
            siblings.Add(path.Name);
        }
    }

    public override string Location { get; }

    public override IEnumerable<string> Names(EntityPath? parent = null) => names.GetValueOrDefault(parent?.Folded ?? Top) ?? [];

    internal override object? VersionOf(EntityPath path) => entities.ContainsKey(path.Folded) ? path.Folded : null;

    internal override EntityPath Stored(EntityPath path) => LoadText(path)?.Path ?? path;

    internal override (EntityPath Path, EntityDocument Document)? Load(EntityPath path) =>
        LoadText(path) is { } found
            ? (found.Path, FolderStore.Decode($"{Location}: {found.Path}", found.Text, found.Path.Kind, recent: null))
            : null;

    internal override (EntityPath Path, byte[] Text)? LoadText(EntityPath path) =>
        entities.TryGetValue(path.Folded, out (EntityPath Path, byte[] Text) found) ? found : null;

    internal override byte[] TextAsKept(EntityPath path, byte[] text) => text;

    internal override List<RotationRecord> ReadRotations() => [];

    internal override StoreTransaction BeginChange(CancellationToken cancellation = default) =>
        throw new NotSupportedException("A snapshot cannot be changed.");
}
