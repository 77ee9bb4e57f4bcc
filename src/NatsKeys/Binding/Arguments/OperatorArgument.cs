using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>An operator, given as an object, by its name, or by one of its signing keys.</summary>
public sealed class OperatorArgument : IEntityArgument
{
    private readonly NatsOperator? entity;

    /// <summary>Takes an operator.</summary>
    /// <param name="entity">The operator.</param>
    public OperatorArgument(NatsOperator entity) => this.entity = entity;

    /// <summary>Takes an operator's name.</summary>
    /// <param name="name">The name.</param>
    public OperatorArgument(string name) => Name = name;

    /// <summary>Takes an operator's signing key, which signs what is made for the operator.</summary>
    /// <param name="signingKey">The signing key.</param>
    /// <exception cref="ArgumentException">It is the signing key of an account.</exception>
    public OperatorArgument(NatsSigningKey signingKey)
    {
        entity = signingKey.GetOwner() as NatsOperator
            ?? throw new ArgumentException($"Key {signingKey} is a signing key of the {signingKey.GetOwner().Path}, not of an operator.");
        SigningKey = new SigningKeyArgument(signingKey);
    }

    /// <summary>The signing key that came with the operator.</summary>
    internal SigningKeyArgument? SigningKey { get; }

    bool IEntityArgument.IsObject => entity is not null;

    string? IEntityArgument.Text => entity is null ? Name : null;

    RowArgument? IEntityArgument.Row { get; set; }

    /// <summary>Whether it came as an object, which knows its store.</summary>
    internal bool IsObject => entity is not null;

    /// <summary>The operator's name.</summary>
    internal string Name => entity?.Name ?? field!;

    object IArgument.Given => entity ?? (object)ToString();

    /// <summary>The name, for messages.</summary>
    public override string ToString() => SecretShape.Mask(Name);

    /// <summary>Where the operator is; its file need not be readable.</summary>
    internal (NatsStore Store, EntityPath Path) Locate(Func<NatsStore> openStore) => SigningKey is null
        ? entity is not null ? (entity.Store, entity.Path) : openStore() is var store ? (store, store.LocateOperator(Name)) : default
        : throw new NatsKeysException(
            ErrorCode.InvalidClaims,
            $"The input is a signing key, but an operator is required. Remove-NatsSigningKey takes signing keys away; to remove the {entity!.Path}, "
                + "name it.");

    /// <summary>The operator in its newest state.</summary>
    internal static NatsOperator Resolve(OperatorArgument? argument, Func<NatsStore> openStore) =>
        argument?.entity is { } entity ? (NatsOperator)entity.Store.GetShared(entity.Path) : openStore().FindOperator(argument?.Name);
}
