using NatsKeys.Errors;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>An operator, given as an object, by its name, or by one of its signing keys.</summary>
public sealed class OperatorArgument : IEntityArgument
{
    private readonly NatsOperator? entity;

    /// <summary>Creates the argument from an operator.</summary>
    /// <param name="entity">The operator.</param>
    public OperatorArgument(NatsOperator entity) => this.entity = entity;

    /// <summary>Creates the argument from an operator's name.</summary>
    /// <param name="name">The name.</param>
    public OperatorArgument(string name) => Name = name;

    /// <summary>Creates the argument from the place of an operator, as results name it.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="ArgumentException">It is the place of another kind of entity.</exception>
    public OperatorArgument(EntityPath path)
        : this(IEntityArgument.FullName(path, EntityKind.Operator))
    {
    }

    /// <summary>Creates the argument from a signing key of an operator. The key signs what is created for the operator.</summary>
    /// <param name="signingKey">The signing key.</param>
    /// <exception cref="ArgumentException">It is the signing key of an account.</exception>
    public OperatorArgument(NatsSigningKey signingKey)
    {
        entity = signingKey.GetOwner() as NatsOperator
            ?? throw new ArgumentException($"Key {signingKey} is a signing key of the {signingKey.GetOwner().Path}, not of an operator.");
        SigningKey = new SigningKeyArgument(signingKey);
    }

    /// <summary>The signing key that the argument was created from; null for none.</summary>
    internal SigningKeyArgument? SigningKey { get; }

    bool IEntityArgument.IsObject => entity is not null;

    string? IEntityArgument.Text => entity is null ? Name : null;

    RowArgument? IEntityArgument.Row { get; set; }

    /// <summary>Whether the argument is an object, which has its store.</summary>
    internal bool IsObject => entity is not null;

    /// <summary>The operator's name.</summary>
    internal string Name => entity?.Name ?? field!;

    NatsStore? IArgument.StoreOfGiven => entity?.Store;

    object IArgument.Given => entity ?? (object)ToString();

    /// <summary>The name, for messages.</summary>
    public override string ToString() => SecretShape.Mask(Name);

    /// <summary>Finds the place of the operator. Its file is not read.</summary>
    internal (NatsStore Store, EntityPath Path) Locate(Func<NatsStore> openStore) => SigningKey is null
        ? entity is not null ? (entity.Store, entity.Path) : openStore() is var store ? (store, store.LocateOperator(Name)) : default
        : throw new AdvisedException(
            ErrorCode.InvalidClaims,
            "The input is a signing key, but an operator is required. Use Remove-NatsSigningKey to remove a signing key. To remove the "
                + $"{entity!.Path}, specify its name.");

    /// <summary>Gets the operator in its current state.</summary>
    internal static NatsOperator Resolve(OperatorArgument? argument, Func<NatsStore> openStore) =>
        argument?.entity is { } entity ? entity.Store.GetShared<NatsOperator>(entity.Path) : openStore().FindOperator(argument?.Name);
}
