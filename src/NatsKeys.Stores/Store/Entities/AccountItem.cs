namespace NatsKeys.Store;

/// <summary>Represents an item of an account's claims: an export, an import, a mapping, a limit, a callout or a revocation.</summary>
public abstract class AccountItem
{
    private readonly NatsAccount account;

    private protected AccountItem(NatsAccount account) => this.account = account;

    /// <summary>The name of the operator of its account.</summary>
    public string Operator => account.Operator;

    /// <summary>The name of its account.</summary>
    public string Account => account.Name;

    /// <summary>Gets the store of its account.</summary>
    public NatsStore GetStore() => account.Store;

    internal NatsStore Store => account.Store;

    /// <summary>
    /// Gets the account, as it was when it was read. This is not a property, because an account contains all its items and serializing to JSON would
    /// never end.
    /// </summary>
    public NatsAccount GetAccount() => account;
}
