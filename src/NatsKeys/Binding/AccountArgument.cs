using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>An account, given as an object, by its name (<c>A</c> or <c>O2/A</c>), or by one of its signing keys.</summary>
public sealed class AccountArgument
{
    private readonly NatsAccount? entity;
    private readonly string? name;

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
        entity = signingKey.Owner as NatsAccount
            ?? throw new ArgumentException($"Key {signingKey} is a signing key of the {signingKey.Owner.Path}; one of an account is wanted.");
        SigningKey = new SigningKeyArgument(signingKey);
    }

    /// <summary>The signing key that came with the account.</summary>
    internal SigningKeyArgument? SigningKey { get; }

    /// <summary>The account in its newest state.</summary>
    internal static NatsAccount Resolve(AccountArgument? argument, OperatorArgument? above, Func<NatsStore> openStore) =>
        argument?.entity is { } entity ? (NatsAccount)entity.Store.Get(entity.Path) : openStore().FindAccount(above?.Name, argument?.name);
}
