namespace NatsKeys.Store;

/// <summary>Something that an account states: an export, an import, a mapping, a limit, a callout or a revocation.</summary>
public abstract class AccountItem
{
    private readonly NatsAccount account;

    private protected AccountItem(NatsAccount account) => this.account = account;

    /// <summary>The name of the operator of its account.</summary>
    public string Operator => account.Operator;

    /// <summary>The name of its account.</summary>
    public string Account => account.Name;

    /// <summary>The store of its account.</summary>
    public NatsStore GetStore() => account.Store;

    internal NatsStore Store => account.Store;

    /// <summary>
    /// The account, as its store had it when it was read. This is not a property, because an account contains all its items: JSON would be endless.
    /// </summary>
    public NatsAccount GetAccount() => account;
}
