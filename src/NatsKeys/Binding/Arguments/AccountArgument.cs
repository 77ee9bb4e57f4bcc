using NatsKeys.Bucket;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>An account, given as an object, by its name (<c>A</c> or <c>O2/A</c>), or by one of its signing keys.</summary>
public sealed class AccountArgument : IEntityArgument
{
    private readonly NatsAccount? entity;
    private readonly string? name;
    private (NatsStore Store, string? Operator, EntityPath Path)? located;

    /// <summary>Takes an account.</summary>
    /// <param name="entity">The account.</param>
    public AccountArgument(NatsAccount entity) => this.entity = entity;

    /// <summary>Takes an account's name.</summary>
    /// <param name="name">The name, or <c>operator/account</c>.</param>
    public AccountArgument(string name) => this.name = name;

    /// <summary>Takes an account's signing key, which signs what is made for the account.</summary>
    /// <param name="signingKey">The signing key.</param>
    /// <exception cref="ArgumentException">It is the signing key of an operator.</exception>
    public AccountArgument(NatsSigningKey signingKey)
    {
        entity = signingKey.GetOwner() as NatsAccount
            ?? throw new ArgumentException($"Key {signingKey} is a signing key of the {signingKey.GetOwner().Path}, not of an account.");
        SigningKey = new SigningKeyArgument(signingKey);
    }

    /// <summary>Takes the account that a change of a store is about: the account itself, or that of a user.</summary>
    /// <param name="revision">The change.</param>
    /// <exception cref="ArgumentException">It is a change of an operator, or the account is not there any more.</exception>
    public AccountArgument(StoreRevision revision) => entity = revision.Account is { } account
        && revision.Store.FindReadable(new EntityPath(revision.Operator, account)) is NatsAccount found
        ? found
        : throw new ArgumentException($"The change of the {revision} is about no account that the store has.");

    object IArgument.Given => entity ?? (object)ToString();

    bool IEntityArgument.IsObject => entity is not null;

    string? IEntityArgument.Text => name;

    RowArgument? IEntityArgument.Row { get; set; }

    /// <summary>The name, for messages.</summary>
    public override string ToString() => entity?.Path.ToString() ?? SecretShape.Mask(name!);

    /// <summary>The signing key that came with the account.</summary>
    internal SigningKeyArgument? SigningKey { get; }

    /// <summary>Where the account is; its file need not be readable.</summary>
    internal static (NatsStore Store, EntityPath Path) Locate(AccountArgument argument, OperatorArgument? above, Func<NatsStore> openStore)
    {
        if (argument.SigningKey is not null)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                "The input is a signing key, but an account is required. Remove-NatsSigningKey takes signing keys away; to remove the "
                    + $"{argument.entity!.Path}, name it.");
        }

        NatsStore store = argument.entity?.Store ?? openStore();
        return (store, argument.entity?.Path ?? store.LocateAccount(above?.Name, argument.name));
    }

    /// <summary>The account in its newest state, read-only.</summary>
    internal static NatsAccount Resolve(AccountArgument? argument, OperatorArgument? above, Func<NatsStore> openStore)
    {
        if (argument?.entity is { } entity)
        {
            return (NatsAccount)entity.Store.GetShared(entity.Path);
        }

        NatsStore store = openStore();
        return argument is null ? store.FindAccount(above?.Name, name: null) : (NatsAccount)store.GetShared(argument.LocateIn(store, above?.Name));
    }

    /// <summary>Where the account of the name is. One argument serves a whole pipeline, and means one account there.</summary>
    private EntityPath LocateIn(NatsStore store, string? operatorName)
    {
        if (located is not { } known || known.Store != store || known.Operator != operatorName)
        {
            located = known = (store, operatorName, store.LocateAccount(operatorName, name));
        }

        return known.Path;
    }
}
