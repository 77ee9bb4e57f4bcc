using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A user of an account: an object, a name, or a public key. With a public key, it need not be in the store.</summary>
public sealed class UserKeyArgument : IEntityArgument
{
    private const string Every = "*";
    private readonly NatsUser? entity;
    private readonly string text;

    /// <summary>Creates the argument from a user.</summary>
    /// <param name="entity">The user.</param>
    public UserKeyArgument(NatsUser entity)
    {
        this.entity = entity;
        text = entity.Name;
    }

    /// <summary>Creates the argument from a user's public key or name.</summary>
    /// <param name="text">The public key or the name.</param>
    public UserKeyArgument(string text) => this.text = text.Trim();

    /// <summary>Creates the argument from the place of a user, as results name it.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="ArgumentException">It is the place of another kind of entity.</exception>
    public UserKeyArgument(EntityPath path)
        : this(IEntityArgument.FullName(path, EntityKind.User))
    {
    }

    /// <summary>The account of a user object; null for a text.</summary>
    internal NatsAccount? Account => entity is null ? null : entity.Store.Get<NatsAccount>(entity.Path.Parent!);

    bool IEntityArgument.IsObject => entity is not null;

    string? IEntityArgument.Text => entity is null ? text : null;

    RowArgument? IEntityArgument.Row { get; set; }

    NatsStore? IArgument.StoreOfGiven => entity?.Store;

    object IArgument.Given => entity ?? (object)ToString();

    /// <summary>The name or key, for messages.</summary>
    public override string ToString() => entity?.Path.ToString() ?? SecretShape.Mask(text);

    /// <summary>The account of a user object or of a user's full name; null for public keys and for every user.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    internal NatsAccount? FindAccount(Func<NatsStore> openStore)
    {
        if (entity is not null || text == Every || PublicNkey.Is(text, NatsKeyType.User))
        {
            return Account;
        }

        NatsStore store = openStore();
        return store.Get<NatsAccount>(store.LocateUser(text).Parent!);
    }

    /// <summary>Whether a public key is that of the user. A user that is not in the account has no such key.</summary>
    internal bool IsKey(string? publicKey, NatsAccount account)
    {
        if (entity is not null || text == Every || PublicNkey.Is(text, NatsKeyType.User))
        {
            return publicKey == (entity?.Subject ?? text);
        }

        EntityPath path = text.Contains('/', StringComparison.Ordinal) ? account.Store.LocateUser(text) : account.Path.Child(text);
        return path.Parent == account.Path && account.Store.Find(path)?.Subject is { } subject && subject == publicKey;
    }

    /// <summary>The user's public key, or <c>*</c> for every user, and when its token was issued if the store has it.</summary>
    internal (string Key, DateTimeOffset? IssuedAt) Resolve(NatsAccount account)
    {
        if (entity is null && (text == Every || PublicNkey.Is(text, NatsKeyType.User)))
        {
            return (text, LatestOf(account, text));
        }

        EntityPath path = entity?.Path ?? (text.Contains('/', StringComparison.Ordinal) ? account.Store.LocateUser(text) : account.Path.Child(text));
        NatsUser user = account.Store.Get<NatsUser>(path);
        if (user.Path.Parent != account.Path)
        {
            throw new NatsKeysException(ErrorCode.EntityAmbiguous, $"The {user.Path} is not a user of the {account.Path}.");
        }

        return (user.Subject!, user.IssuedAt);
    }

    /// <summary>
    /// The latest time of a user's tokens. A user may have been signed twice in one second, and then the newer token is issued in the next second.
    /// </summary>
    private static DateTimeOffset? LatestOf(NatsAccount account, string key) => account.Store.Names(account.Path)
        .Select(name => account.Store.FindReadable(account.Path.Child(name)))
        .Where(user => user is not null && (key == Every || user.Subject == key))
        .Max(user => user!.IssuedAt);
}
