using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>The entities of a backup as a store to look into, with their unsigned edits. Its keys and credentials are left out.</summary>
internal sealed class BackupStore : NatsStore
{
    private readonly string path;
    private static readonly EntityPath Top = new("");
    private readonly Dictionary<EntityPath, (EntityPath Path, byte[] Text)> entities = [];
    private readonly Dictionary<EntityPath, SortedSet<string>> names = [];

    private BackupStore(string path, TimeProvider clock)
        : base(new MemoryKeyStore(clock), clock, new()) => this.path = path;

    public override string Location => path;

    /// <summary>Whether a path is that of a backup.</summary>
    /// <param name="path">The path.</param>
    public static bool IsBackup(string path) => File.Exists(path) && BackupReader.IsBackup(path);

    /// <summary>Opens a backup, and reads all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key that opens it; null for the one among the keys. It stays the caller's.</param>
    /// <param name="keys">The keys among which it is looked for.</param>
    /// <param name="clock">Gives the time.</param>
    /// <exception cref="NatsKeysException">The backup cannot be opened, or is not as it was sealed.</exception>
    public static BackupStore Open(string path, NatsKeyPair? key, KeyStore keys, TimeProvider clock)
    {
        using BackupReader reader = BackupReader.OpenVerified(path, key, keys);
        var store = new BackupStore(path, clock);
        foreach (BackupEntry.Entity entity in reader.Entries().OfType<BackupEntry.Entity>())
        {
            // The reader clears what it gave.
            store.entities[entity.Path.Folded] = (entity.Path, [.. entity.Text]);
            EntityPath parent = entity.Path.Parent?.Folded ?? Top;
            SortedSet<string> siblings = store.names.TryGetValue(parent, out SortedSet<string>? known)
                ? known
                : store.names[parent] = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
            siblings.Add(entity.Path.Name);
        }

        return store;
    }

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
        throw new NotSupportedException("A backup does not change.");
}
