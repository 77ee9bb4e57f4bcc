using NatsKeys.Entities;

namespace NatsKeys.Store;

/// <summary>
/// A store of operators, accounts and users, and the keys and credentials beside it. What it gives are snapshots: each read
/// sees the newest state.
/// </summary>
public abstract class NatsStore
{
    private protected NatsStore(KeyStore keys, TimeProvider clock)
    {
        Keys = keys;
        Clock = clock;
    }

    /// <summary>For people: the folder of the store, or that there is none.</summary>
    public abstract string Location { get; }

    /// <summary>The key pairs.</summary>
    public KeyStore Keys { get; }

    /// <summary>The folder for credentials; null for a store in memory.</summary>
    public virtual string? CredentialRoot => null;

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
    public NatsEntity Get(EntityPath path) =>
        Find(path) ?? throw new NatsKeysException(ErrorCode.EntityNotFound, $"There is no {path} in the store {Location}.");

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

    /// <summary>The location.</summary>
    public override string ToString() => Location;

    /// <summary>Reads what is kept at a place, under the name as it is stored.</summary>
    internal abstract (EntityPath Path, EntityDocument Document)? Load(EntityPath path);

    /// <summary>The bytes of the file of what is kept at a place, under the name as it is stored.</summary>
    internal abstract (EntityPath Path, byte[] Text)? LoadText(EntityPath path);

    /// <summary>What <see cref="LoadText"/> gives once a text is kept.</summary>
    /// <exception cref="NatsKeysException">The text says something that this store cannot keep.</exception>
    internal abstract byte[] TextAsKept(EntityPath path, byte[] text);

    /// <summary>Waits until nobody else changes the store; the one who gets this object may, until it is disposed.</summary>
    internal abstract IDisposable BeginChange();

    /// <summary>Keeps what stands at a place.</summary>
    internal abstract void Save(EntityPath path, EntityDocument document);

    /// <summary>Keeps a text as what stands at a place.</summary>
    internal abstract void SaveText(EntityPath path, byte[] text);

    /// <summary>Forgets what stands at a place; what lies below it has gone before.</summary>
    internal abstract void Delete(EntityPath path);

    /// <summary>Moves what stands at a place, and all below it, to one that is free.</summary>
    internal abstract void Move(EntityPath path, EntityPath target);

    internal NatsEntity Make(EntityPath path, EntityDocument document, NatsEntity? parent) => path.Kind switch
    {
        EntityKind.Operator => new NatsOperator(this, path, document),
        EntityKind.Account => new NatsAccount(this, path, document, parent),
        _ => new NatsUser(this, path, document, parent),
    };
}
