using System.Collections.Concurrent;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>
/// A store of operators, accounts and users, with their keys and credentials. Entities that it returns are read-only snapshots, and each read sees
/// the newest state. The store and its entities are safe to use from several threads.
/// </summary>
public abstract class NatsStore
{
    private readonly ConcurrentQueue<StoreNotice> notices = new();
    private readonly ConcurrentDictionary<EntityPath, (object Version, NatsEntity Entity)> shared = new();

    private protected NatsStore(KeyStore keys, TimeProvider clock, FlushQueue unflushed)
    {
        Keys = keys;
        Clock = clock;
        Unflushed = unflushed;
    }

    /// <summary>The folder of the store, or a text that says that it is in memory.</summary>
    public abstract string Location { get; }

    /// <summary>Why this store was chosen.</summary>
    public StoreOrigin Origin { get; init; }

    /// <summary>The default values of new entities.</summary>
    public StoreDefaults Defaults { get; init; } = StoreDefaults.None;

    /// <summary>The key pairs.</summary>
    public KeyStore Keys { get; }

    /// <summary>The folder for credentials; null for a store in memory.</summary>
    public virtual string? CredentialRoot => null;

    /// <summary>What every object of the same folder or bucket has; null for a store that only this object is.</summary>
    internal virtual string? Identity => null;

    /// <summary>New files that are flushed to the disk together.</summary>
    internal FlushQueue Unflushed { get; }

    /// <summary>The folder in which new files with secrets of this store are prepared; null for the usual one.</summary>
    internal virtual Staging? Staging => null;

    /// <summary>The clock that decides about expiry and issue times.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>Creates an empty store in memory.</summary>
    /// <param name="clock">Provides the time; the system's clock by default.</param>
    public static NatsStore InMemory(TimeProvider? clock = null) => new MemoryStore(clock ?? TimeProvider.System);

    /// <summary>Finds the entity at a place; null if there is none.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="NatsKeysException">The entity's file cannot be read.</exception>
    public NatsEntity? Find(EntityPath path) => Load(path) is { } found ? Make(found.Path, found.Document, parent: null) : null;

    /// <summary>Gets the entity at a place.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>, or its file cannot be read.</exception>
    public NatsEntity Get(EntityPath path) => Get(path, parent: null);

    /// <summary>Finds the entity at a place; null if it does not exist or its file cannot be read.</summary>
    /// <param name="path">The place.</param>
    public NatsEntity? FindReadable(EntityPath path)
    {
        try
        {
            return Find(path);
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    /// <summary>Gets the entity at a place. It is read again only after a change, and all callers get the same object.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>, or its file cannot be read.</exception>
    public NatsEntity GetShared(EntityPath path)
    {
        if (!shared.TryGetValue(path, out (object Version, NatsEntity Entity) known))
        {
            // All spellings of a name yield the same object.
            path = Stored(path);
            shared.TryGetValue(path, out known);
        }

        object? version = VersionOf(path);
        if (version is not null && version.Equals(known.Version))
        {
            // The parent may have changed.
            return path.Parent is { } above && !ReferenceEquals(known.Entity.Parent, GetShared(above)) ? Share(path, version) : known.Entity;
        }

        return Share(path, version);
    }

    /// <summary>Gets the entity at a place of a known kind.</summary>
    internal TEntity Get<TEntity>(EntityPath path)
        where TEntity : NatsEntity => (TEntity)Get(path);

    /// <inheritdoc cref="GetShared(EntityPath)"/>
    internal TEntity GetShared<TEntity>(EntityPath path)
        where TEntity : NatsEntity => (TEntity)GetShared(path);

    /// <summary>Gets the sorted names of the children of a place, or of the operators if there is no place. No entity file is read.</summary>
    /// <param name="parent">The operator or account; null for the top of the store.</param>
    public abstract IEnumerable<string> Names(EntityPath? parent = null);

    /// <summary>Gets the children of an entity, which are read one by one.</summary>
    /// <param name="parent">The operator or account.</param>
    /// <exception cref="NatsKeysException">An entity's file cannot be read.</exception>
    public IEnumerable<NatsEntity> Children(NatsEntity parent)
    {
        foreach (string name in Ahead(parent.Path, Names(parent.Path)))
        {
            if (Load(parent.Path.Child(name)) is { } found)
            {
                yield return Make(found.Path, found.Document, parent);
            }
        }
    }

    /// <summary>Waits until all written files are on the disk. A power failure before that may lose new entities.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: writing to the disk failed.</exception>
    public virtual void Flush() => Unflushed.Flush();

    /// <summary>
    /// Returns the notices about the work on this store, for example that an interrupted change was recovered. Each notice is returned once.
    /// </summary>
    internal IEnumerable<StoreNotice> TakeNotices()
    {
        while (notices.TryDequeue(out StoreNotice? notice))
        {
            yield return notice;
        }
    }

    /// <summary>Whether the store exists. The default store is created with its first entity.</summary>
    public virtual bool Exists => true;

    /// <summary>Returns the location.</summary>
    public override string ToString() => Location;

    /// <summary>Whether two objects are the same store.</summary>
    internal bool IsSame(NatsStore other) => ReferenceEquals(this, other) || (Identity is { } own && own == other.Identity);

    /// <summary>Why this store was chosen, if it was not specified. For messages, after the location.</summary>
    internal string Because => Origin switch
    {
        StoreOrigin.Variable => $", the path in {StoreRoots.StoreVariable}",
        StoreOrigin.Default => ", the default path, and no other store was specified",
        _ => "",
    };

    internal void Notice(string message, Remedy? remedy = null) => notices.Enqueue(new StoreNotice(message, remedy));

    /// <summary>Finds names that look like others.</summary>
    internal LookAlikes LookAlikes => field ??= new LookAlikes(this);

    /// <summary>Gets the entity at a place, as a child of an entity that was read before.</summary>
    internal NatsEntity Get(EntityPath path, NatsEntity? parent) => Load(path) is { } found
        ? Make(found.Path, found.Document, parent)
        : throw Missing(path.Kind, path.ToString(), Spelling.Suggest(path.Name, Names(path.Parent)));

    /// <summary>Returns the error about an entity that the store does not have.</summary>
    /// <param name="kind">The kind of the entity.</param>
    /// <param name="what">The kind and the name of the entity, or the kind alone if there is none at all.</param>
    /// <param name="suggestion">The question whether another name was meant; empty for none.</param>
    /// <param name="remedy">What helps if the store has an operator and there is no suggestion; null to list those of its kind.</param>
    internal NatsKeysException Missing(EntityKind kind, string what, string suggestion, Remedy? remedy = null) =>
        new(ErrorCode.EntityNotFound, $"There is no {what} in the store {Location}{Because}.{suggestion}")
        {
            Remedy = suggestion.Length > 0 ? null : !Names().Any() ? Remedy.CreateOperator : remedy ?? ListOf(kind),
            IsExplained = suggestion.Length > 0,
        };

    /// <summary>Returns what lists the entities of a kind.</summary>
    internal static Remedy ListOf(EntityKind kind) => kind switch
    {
        EntityKind.Operator => Remedy.ListOperators,
        EntityKind.Account => Remedy.ListAccounts,
        _ => Remedy.ListUsers,
    };

    /// <summary>
    /// Returns the names unchanged and announces that each of them will be read soon. A store with slow reads can then read several at once.
    /// </summary>
    internal virtual IEnumerable<string> Ahead(EntityPath? parent, IEnumerable<string> names) => names;

    /// <summary>Gets a value that differs after each change at a place; null if changes cannot be detected.</summary>
    internal abstract object? VersionOf(EntityPath path);

    /// <summary>Returns a place with its name as it is stored; unchanged if nothing is stored there.</summary>
    internal abstract EntityPath Stored(EntityPath path);

    /// <summary>Reads the document at a place, under the name as it is stored.</summary>
    internal abstract (EntityPath Path, EntityDocument Document)? Load(EntityPath path);

    /// <summary>Reads the bytes of the entity file at a place, under the name as it is stored.</summary>
    internal abstract (EntityPath Path, byte[] Text)? LoadText(EntityPath path);

    /// <summary>Returns the text that <see cref="LoadText"/> will return once the given text is saved.</summary>
    /// <exception cref="NatsKeysException">The text contains something that this store cannot keep.</exception>
    internal abstract byte[] TextAsKept(EntityPath path, byte[] text);

    /// <summary>Reads the records of key rotations that are in progress.</summary>
    /// <exception cref="NatsKeysException">The file that records them cannot be read.</exception>
    internal abstract List<RotationRecord> ReadRotations();

    /// <summary>Waits for the lock of the store and begins a transaction, which holds the lock until it is disposed.</summary>
    /// <param name="cancellation">Ends the wait at once.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>, or <see cref="ErrorCode.FileAccess"/>.</exception>
    internal abstract StoreTransaction BeginChange(CancellationToken cancellation = default);

    /// <summary>Begins a batch of changes that are written together; null if that is no faster.</summary>
    /// <param name="cancellation">Cancels waiting for servers.</param>
    internal virtual ChangeGroup? BeginGroup(CancellationToken cancellation) => null;

    /// <summary>Creates the entity of a document.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="document">Its document.</param>
    /// <param name="parent">The parent; null if it is read from the store when it is needed.</param>
    /// <param name="edited">The claims of a draft, which replace those of the document; null for an entity that is only read.</param>
    internal NatsEntity Make(EntityPath path, EntityDocument document, NatsEntity? parent, ClaimSet? edited = null) => path.Kind switch
    {
        EntityKind.Operator => new NatsOperator(this, path, document, edited),
        EntityKind.Account => new NatsAccount(this, path, document, parent, edited),
        _ => new NatsUser(this, path, document, parent, edited),
    };

    private NatsEntity Share(EntityPath path, object? version)
    {
        NatsEntity entity = Get(path, path.Parent is { } above ? GetShared(above) : null);
        if (version is not null)
        {
            shared[path] = (version, entity);
        }

        return entity;
    }
}
