using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A user, given as an object or by its name (<c>U</c>, <c>A/U</c> or <c>O2/A/U</c>).</summary>
public sealed class UserArgument : IArgument
{
    private readonly NatsUser? entity;
    private readonly string? name;

    /// <summary>Takes a user.</summary>
    /// <param name="entity">The user.</param>
    public UserArgument(NatsUser entity) => this.entity = entity;

    /// <summary>Takes a user's name.</summary>
    /// <param name="name">The name, <c>account/user</c> or <c>operator/account/user</c>.</param>
    public UserArgument(string name) => this.name = name;

    object IArgument.Given => entity ?? (object)ToString();

    /// <summary>The name, for messages.</summary>
    public override string ToString() => entity?.Path.ToString() ?? SecretShape.Mask(name!);

    /// <summary>Where the user is; its file need not be readable.</summary>
    internal (NatsStore Store, EntityPath Path) Locate(Func<NatsStore> openStore)
    {
        NatsStore store = entity?.Store ?? openStore();
        return (store, entity?.Path ?? store.LocateUser(name!));
    }

    /// <summary>The user in its newest state.</summary>
    internal NatsUser Resolve(Func<NatsStore> openStore) =>
        entity is not null ? (NatsUser)entity.Store.Get(entity.Path) : openStore().FindUser(name!);
}
