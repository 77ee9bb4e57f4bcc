using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>Another account: an object, its name, or its public key, with which it need not be in the store.</summary>
public sealed class AccountKeyArgument : IArgument
{
    private const string Every = "*";
    private readonly NatsAccount? entity;
    private readonly string text;

    /// <summary>Takes an account.</summary>
    /// <param name="entity">The account.</param>
    public AccountKeyArgument(NatsAccount entity)
    {
        this.entity = entity;
        text = entity.Name;
    }

    /// <summary>Takes an account's public key or name.</summary>
    /// <param name="text">The public key, the name, or <c>operator/account</c>.</param>
    public AccountKeyArgument(string text) => this.text = text.Trim();

    /// <summary>Whether an empty text was given, which stands for no account.</summary>
    internal bool IsNone => entity is null && text.Length == 0;

    object IArgument.Given => entity ?? (object)ToString();

    /// <summary>The name or key, for messages.</summary>
    public override string ToString() => entity?.Path.ToString() ?? SecretShape.Mask(text);

    /// <summary>The account's public key; <c>*</c> stands for every account where a list takes that.</summary>
    internal string Key(NatsStore store, string operatorName) =>
        text == Every ? Every : entity?.Subject ?? (PublicNkey.Is(text, NatsKeyType.Account) ? text : Named(store, operatorName).Subject!);

    /// <summary>The account, where the store has it.</summary>
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
