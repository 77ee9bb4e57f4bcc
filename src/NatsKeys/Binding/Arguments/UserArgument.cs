using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A user, given as an object or by its name (<c>U</c>, <c>A/U</c> or <c>O2/A/U</c>).</summary>
public sealed class UserArgument : IEntityArgument
{
    private readonly NatsUser? entity;
    private readonly string? name;

    /// <summary>Creates the argument from a user.</summary>
    /// <param name="entity">The user.</param>
    public UserArgument(NatsUser entity) => this.entity = entity;

    /// <summary>Creates the argument from a user's name.</summary>
    /// <param name="name">The name, <c>account/user</c> or <c>operator/account/user</c>.</param>
    public UserArgument(string name) => this.name = name;

    /// <summary>Creates the argument from the place of a user, as results name it.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="ArgumentException">It is the place of another kind of entity.</exception>
    public UserArgument(EntityPath path)
        : this(IEntityArgument.FullName(path, EntityKind.User))
    {
    }

    NatsStore? IArgument.StoreOfGiven => entity?.Store;

    object IArgument.Given => entity ?? (object)ToString();

    bool IEntityArgument.IsObject => entity is not null;

    string? IEntityArgument.Text => name;

    RowArgument? IEntityArgument.Row { get; set; }

    /// <summary>The name, for messages.</summary>
    public override string ToString() => entity?.Path.ToString() ?? SecretShape.Mask(name!);

    /// <summary>Finds the place of the user. Its file is not read.</summary>
    /// <param name="openStore">Returns the store.</param>
    /// <param name="account">The account from another parameter; null for none.</param>
    /// <param name="above">The operator from another parameter; null for none.</param>
    internal (NatsStore Store, EntityPath Path) Locate(
        Func<NatsStore> openStore, AccountArgument? account = null, OperatorArgument? above = null)
    {
        EntityPath? within = null;
        NatsStore store;
        if (account is not null)
        {
            (store, within) = AccountArgument.Locate(account, above, entity is null ? openStore : () => entity.Store);
        }
        else
        {
            store = entity?.Store ?? openStore();
        }

        EntityPath path = entity?.Path ?? store.LocateUser(name!, within, above?.Name);
        bool isWithin = (within is null || path.Parent == within)
            && (above is null || path.Operator.Equals(above.Name, StringComparison.OrdinalIgnoreCase));
        return isWithin
            ? (store, path)
            : throw new NatsKeysException(
                ErrorCode.EntityAmbiguous, $"The {path} does not belong to the {within ?? (object)$"operator {above}"}. Specify one of the two.");
    }

    /// <summary>Gets the user in its current state.</summary>
    /// <inheritdoc cref="Locate"/>
    internal NatsUser Resolve(Func<NatsStore> openStore, AccountArgument? account = null, OperatorArgument? above = null)
    {
        (NatsStore store, EntityPath path) = Locate(openStore, account, above);
        return store.Get<NatsUser>(path);
    }
}
