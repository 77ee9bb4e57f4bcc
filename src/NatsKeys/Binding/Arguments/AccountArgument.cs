using NatsKeys.Bucket;
using NatsKeys.Errors;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>An account, given as an object, by its name (<c>A</c> or <c>O2/A</c>), or by one of its signing keys.</summary>
public sealed class AccountArgument : IEntityArgument
{
    private readonly NatsAccount? entity;
    private readonly string? name;
    private (NatsStore Store, string? Operator, EntityPath Path)? located;

    /// <summary>Creates the argument from an account.</summary>
    /// <param name="entity">The account.</param>
    public AccountArgument(NatsAccount entity) => this.entity = entity;

    /// <summary>Creates the argument from an account's name.</summary>
    /// <param name="name">The name, or <c>operator/account</c>.</param>
    public AccountArgument(string name) => this.name = name;

    /// <summary>Creates the argument from the place of an account, as results name it.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="ArgumentException">It is the place of another kind of entity.</exception>
    public AccountArgument(EntityPath path)
        : this(IEntityArgument.FullName(path, EntityKind.Account))
    {
    }

    /// <summary>Creates the argument from a signing key of an account. The key signs what is created in the account.</summary>
    /// <param name="signingKey">The signing key.</param>
    /// <exception cref="ArgumentException">It is the signing key of an operator.</exception>
    public AccountArgument(NatsSigningKey signingKey)
    {
        entity = signingKey.GetOwner() as NatsAccount
            ?? throw new ArgumentException($"Key {signingKey} is a signing key of the {signingKey.GetOwner().Path}, not of an account.");
        SigningKey = new SigningKeyArgument(signingKey);
    }

    /// <summary>Creates the argument from a store revision: its account, or the account of its user.</summary>
    /// <param name="revision">The revision.</param>
    /// <exception cref="ArgumentException">It is a revision of an operator, or the account no longer exists.</exception>
    public AccountArgument(StoreRevision revision) => entity = revision.Account is { } account
        && revision.Store.FindReadable(new EntityPath(revision.Operator, account)) is NatsAccount found
        ? found
        : throw new ArgumentException($"The change of the {revision} does not belong to an account in the store.");

    NatsStore? IArgument.StoreOfGiven => entity?.Store;

    object IArgument.Given => entity ?? (object)ToString();

    bool IEntityArgument.IsObject => entity is not null;

    string? IEntityArgument.Text => name;

    RowArgument? IEntityArgument.Row { get; set; }

    /// <summary>The name, for messages.</summary>
    public override string ToString() => entity?.Path.ToString() ?? SecretShape.Mask(name!);

    /// <summary>The signing key that the argument was created from; null for none.</summary>
    internal SigningKeyArgument? SigningKey { get; }

    /// <summary>Finds the place of the account. Its file is not read.</summary>
    internal static (NatsStore Store, EntityPath Path) Locate(AccountArgument argument, OperatorArgument? above, Func<NatsStore> openStore)
    {
        if (argument.SigningKey is not null)
        {
            throw new AdvisedException(
                ErrorCode.InvalidClaims,
                "The input is a signing key, but an account is required. Use Remove-NatsSigningKey to remove a signing key. To remove the "
                    + $"{argument.entity!.Path}, specify its name.");
        }

        RequireBelow(argument.entity, above);
        NatsStore store = argument.entity?.Store ?? openStore();
        return (store, argument.entity?.Path ?? store.LocateAccount(above?.Name, argument.name));
    }

    /// <summary>Gets the account in its current state, read-only.</summary>
    internal static NatsAccount Resolve(AccountArgument? argument, OperatorArgument? above, Func<NatsStore> openStore)
    {
        if (argument?.entity is { } entity)
        {
            RequireBelow(entity, above);
            return entity.Store.GetShared<NatsAccount>(entity.Path);
        }

        NatsStore store = openStore();
        return argument is null ? store.FindAccount(above?.Name, name: null) : store.GetShared<NatsAccount>(argument.LocateIn(store, above?.Name));
    }

    /// <summary>Refuses an account object of another operator than the specified one.</summary>
    private static void RequireBelow(NatsAccount? entity, OperatorArgument? above)
    {
        if (entity is not null && above is not null && !entity.Operator.Equals(above.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new NatsKeysException(
                ErrorCode.EntityAmbiguous, $"The {entity.Path} does not belong to the operator {above}. Specify one of the two.");
        }
    }

    /// <summary>Finds the place of the named account. One argument may be used for a whole pipeline, so the place is cached.</summary>
    private EntityPath LocateIn(NatsStore store, string? operatorName)
    {
        if (located is not { } known || known.Store != store || known.Operator != operatorName)
        {
            located = known = (store, operatorName, store.LocateAccount(operatorName, name));
        }

        return known.Path;
    }
}
