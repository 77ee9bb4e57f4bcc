using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>An operator with its accounts, and the imports between them.</summary>
internal sealed class UsageBranch
{
    private readonly ILookup<string, NatsImport> importsByExporter;

    public UsageBranch(NatsOperator owner, IEnumerable<NatsAccount> accounts)
    {
        Operator = owner;
        Accounts = [.. accounts];
        importsByExporter = Accounts.SelectMany(account => account.GetImports()).ToLookup(import => import.Exporter ?? "", StringComparer.Ordinal);
    }

    public NatsOperator Operator { get; }

    public IReadOnlyList<NatsAccount> Accounts { get; }

    /// <summary>The imports of other accounts from an account.</summary>
    public IEnumerable<NatsImport> ImportsFrom(NatsAccount account) =>
        importsByExporter[account.Subject ?? ""].Where(import => import.GetAccount() != account);

    /// <summary>The keys that can sign for the operator or one of the accounts.</summary>
    public IEnumerable<string> OwnKeys() => Accounts.Prepend<NatsEntity>(Operator).SelectMany(KeyUses.OwnKeys);
}
