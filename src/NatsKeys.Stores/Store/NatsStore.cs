using System.Collections.Concurrent;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>
/// A store of operators, accounts and users, and the keys and credentials beside it. What it gives are read-only snapshots: each read
/// sees the newest state. A store and all that it gives may be used by several threads.
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

    /// <summary>For people: the folder of the store, or that there is none.</summary>
    public abstract string Location { get; }

    /// <summary>Why it is this one.</summary>
    public StoreOrigin Origin { get; init; }

    /// <summary>What new entities get where nobody says.</summary>
    public StoreDefaults Defaults { get; init; } = StoreDefaults.None;

    /// <summary>The key pairs.</summary>
    public KeyStore Keys { get; }

    /// <summary>The folder for credentials; null for a store in memory.</summary>
    public virtual string? CredentialRoot => null;

    /// <summary>New files that are waited for together.</summary>
    internal FlushQueue Unflushed { get; }

    /// <summary>Says where files with secrets of this store wait for their places; null where nobody knows better than for any file.</summary>
    internal virtual Staging? Staging => null;

    /// <summary>The clock that decides about expiry and issue times.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>Makes an empty store that lives as long as this object.</summary>
    /// <param name="clock">Gives the time; the system's clock by default.</param>
    public static NatsStore InMemory(TimeProvider? clock = null) => new MemoryStore(clock ?? TimeProvider.System);

    /// <summary>The entity at a place; null when there is none.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="NatsKeysException">The entity's file cannot be read.</exception>
    public NatsEntity? Find(EntityPath path) => Load(path) is { } found ? Make(found.Path, found.Document, parent: null) : null;

    /// <summary>The entity at a place.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>, or its file cannot be read.</exception>
    public NatsEntity Get(EntityPath path) => Get(path, parent: null);

    /// <summary>The entity at a place; null when there is none, and when its file cannot be read.</summary>
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

    /// <summary>
    /// The entity at a place, read again only once it has changed. Others get the same object.
    /// </summary>
    /// <param name="path">The place.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>, or its file cannot be read.</exception>
    public NatsEntity GetShared(EntityPath path)
    {
        if (!shared.ContainsKey(path))
        {
            // One entity is one object, by whatever spelling it is asked for.
            path = Stored(path);
        }

        object? version = VersionOf(path);
        if (version is not null && shared.TryGetValue(path, out (object Version, NatsEntity Entity) known) && known.Version.Equals(version))
        {
            // What stands above may have changed by itself.
            return path.Parent is { } above && !ReferenceEquals(known.Entity.Parent, GetShared(above)) ? Share(path, version) : known.Entity;
        }

        return Share(path, version);
    }

    /// <summary>The names of the entities below a place, sorted; of the operators without a place. Reads no entity.</summary>
    /// <param name="parent">The operator or account; null for the top of the store.</param>
    public abstract IEnumerable<string> Names(EntityPath? parent = null);

    /// <summary>The entities below another one, read one after the other.</summary>
    /// <param name="parent">The operator or account.</param>
    /// <exception cref="NatsKeysException">An entity's file cannot be read.</exception>
    public IEnumerable<NatsEntity> Children(NatsEntity parent)
    {
        foreach (string name in Names(parent.Path))
        {
            if (Load(parent.Path.Child(name)) is { } found)
            {
                yield return Make(found.Path, found.Document, parent);
            }
        }
    }

    /// <summary>Waits until the disk has everything that was written. Until then a failure of the power may cost entities that were new.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the disk did not take it.</exception>
    public virtual void Flush() => Unflushed.Flush();

    /// <summary>What people should know of the work on this store, such as that an interrupted change was finished. Each is given once.</summary>
    public IEnumerable<StoreNotice> TakeNotices()
    {
        while (notices.TryDequeue(out StoreNotice? notice))
        {
            yield return notice;
        }
    }

    /// <summary>Whether it is there yet: the one that is used when none is named comes into being with its first entity.</summary>
    public virtual bool Exists => true;

    /// <summary>The location.</summary>
    public override string ToString() => Location;

    /// <summary>For messages about what is not there, after the location: why it is this store, where nobody named it.</summary>
    internal string Because => Origin switch
    {
        StoreOrigin.Variable => $", the path in {StoreRoots.StoreVariable}",
        StoreOrigin.Default => ", the default path, and no other store was specified",
        _ => "",
    };

    internal void Notice(string message, Remedy? remedy = null) => notices.Enqueue(new StoreNotice(message, remedy));

    /// <summary>Names that look like others.</summary>
    internal LookAlikes LookAlikes => field ??= new LookAlikes(this);

    /// <summary>The entity at a place, below one that was read before.</summary>
    internal NatsEntity Get(EntityPath path, NatsEntity? parent) => Load(path) is { } found
        ? Make(found.Path, found.Document, parent)
        : throw new NatsKeysException(
            ErrorCode.EntityNotFound, $"There is no {path} in the store {Location}{Because}.{Spelling.Suggest(path.Name, Names(path.Parent))}");

    /// <summary>Something that is another one after each change of what stands at a place; null where nobody could tell.</summary>
    internal abstract object? VersionOf(EntityPath path);

    /// <summary>A place under the name as it is stored; as it was given where nothing is.</summary>
    internal abstract EntityPath Stored(EntityPath path);

    /// <summary>Reads what is kept at a place, under the name as it is stored.</summary>
    internal abstract (EntityPath Path, EntityDocument Document)? Load(EntityPath path);

    /// <summary>The bytes of the file of what is kept at a place, under the name as it is stored.</summary>
    internal abstract (EntityPath Path, byte[] Text)? LoadText(EntityPath path);

    /// <summary>What <see cref="LoadText"/> gives once a text is kept.</summary>
    /// <exception cref="NatsKeysException">The text says something that this store cannot keep.</exception>
    internal abstract byte[] TextAsKept(EntityPath path, byte[] text);

    /// <summary>The rotations of keys that are not finished.</summary>
    /// <exception cref="NatsKeysException">The file that notes them cannot be read.</exception>
    internal abstract List<UnfinishedRotation> ReadRotations();

    /// <summary>Waits until nobody else changes the store; the one who gets this object may, until it is disposed.</summary>
    /// <param name="cancellation">Ends the wait at once.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>, or <see cref="ErrorCode.FileAccess"/>.</exception>
    internal abstract StoreChange BeginChange(CancellationToken cancellation = default);

    /// <summary>The entity that a document makes.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="document">What is kept of it.</param>
    /// <param name="parent">The entity above; null where it is read from the store once it is asked for.</param>
    /// <param name="edited">Claims that are changed in the place of those of the document; null for an entity that is looked at.</param>
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
