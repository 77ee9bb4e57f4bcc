using System.Collections;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A server to which another server connects as a leaf node: a table with <c>Url</c>, <c>Account</c> and <c>CredentialPath</c>.</summary>
public sealed class LeafNodeRemoteArgument
{
    private const string Url = "Url";
    private const string Account = "Account";
    private const string CredentialPath = "CredentialPath";
    private readonly IDictionary table;

    /// <summary>Creates the argument from a table.</summary>
    /// <param name="table">The table.</param>
    public LeafNodeRemoteArgument(IDictionary table) => this.table = table;

    /// <summary>Reads the table.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>, or the account is not in the store.</exception>
    internal LeafNodeRemote Read(NatsOperator above)
    {
        SettingsTable.RequireKeys(table, "a leaf node remote", [Url, Account], [CredentialPath]);
        AccountKeyArgument account = SettingsTable.Find(table, Account) is NatsAccount entity
            ? new AccountKeyArgument(entity)
            : new AccountKeyArgument(string.Concat(SettingsTable.Texts(table, Account)));
        return new LeafNodeRemote(
            SettingsTable.Texts(table, Url),
            account.Key(above.Store, above.Name),
            SettingsTable.Texts(table, CredentialPath) is [var path, ..] ? path : null);
    }
}
