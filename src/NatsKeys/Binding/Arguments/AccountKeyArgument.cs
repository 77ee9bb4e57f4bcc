using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>Another account: an object, a name, or a public key. With a public key, it need not be in the store.</summary>
public sealed class AccountKeyArgument : IArgument
{
    private const string Every = "*";
    private readonly NatsAccount? entity;
    private readonly string text;

    /// <summary>Creates the argument from an account.</summary>
    /// <param name="entity">The account.</param>
    public AccountKeyArgument(NatsAccount entity)
    {
        this.entity = entity;
        text = entity.Name;
    }

    /// <summary>Creates the argument from an account's public key or name.</summary>
    /// <param name="text">The public key, the name, or <c>operator/account</c>.</param>
    public AccountKeyArgument(string text) => this.text = text.Trim();

    /// <summary>Whether the text is empty, which means no account.</summary>
    internal bool IsNone => entity is null && text.Length == 0;

    object IArgument.Given => entity ?? (object)ToString();

    /// <summary>The name or key, for messages.</summary>
    public override string ToString() => entity?.Path.ToString() ?? SecretShape.Mask(text);

    /// <summary>The account's public key; <c>*</c> for every account, in lists that allow it.</summary>
    internal string Key(NatsStore store, string operatorName) =>
        text == Every ? Every : entity?.Subject ?? (PublicNkey.Is(text, NatsKeyType.Account) ? text : Named(store, operatorName).Subject!);

    /// <summary>Finds the account; null if the store does not have it.</summary>
    internal NatsAccount? Find(NatsStore store, string operatorName)
    {
        if (entity is not null)
        {
            return entity.Newest();
        }

        return PublicNkey.Is(text, NatsKeyType.Account)
            ? store.FindAccountByKey(operatorName, text)
            : Named(store, operatorName);
    }

    private NatsAccount Named(NatsStore store, string operatorName) =>
        store.FindAccount(text.Contains('/', StringComparison.Ordinal) ? null : operatorName, text);
}
