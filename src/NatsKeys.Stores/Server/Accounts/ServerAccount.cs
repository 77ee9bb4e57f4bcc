using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>The identity of an account on servers.</summary>
/// <param name="Name">The name below its operator, such as <c>O2/A</c>; the public key if it has no name.</param>
/// <param name="PublicKey">The public key, which servers use as its ID.</param>
internal sealed record ServerAccount(string Name, string PublicKey)
{
    /// <summary>Gets an account of a store.</summary>
    /// <param name="account">The account.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: the account has no key.</exception>
    public static ServerAccount Of(NatsAccount account) => account.Subject is not null
        ? new($"{account.Operator}/{account.Name}", account.Subject)
        : throw new NatsKeysException(ErrorCode.InvalidClaims, $"The {account.Path} has no key, so servers cannot identify it.");

    /// <summary>Gets an account of which only the public key is known.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPublicKey"/>: the text is not the public key of an account.</exception>
    public static ServerAccount Of(string publicKey) => PublicNkey.Is(publicKey, NatsKeyType.Account)
        ? new(publicKey, publicKey)
        : throw new NatsKeysException(ErrorCode.InvalidPublicKey, $"{SecretShape.Show(publicKey)} is not the public key of an account.");

    /// <summary>The account, such as <c>account O2/A</c>.</summary>
    public override string ToString() => TextSanitizer.Clean($"account {Name}");
}
