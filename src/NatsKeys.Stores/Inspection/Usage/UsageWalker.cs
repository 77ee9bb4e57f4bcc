using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Walks a store from the top down and finds what depends on some keys.</summary>
internal sealed class UsageWalker
{
    private readonly HashSet<string> keys;
    private readonly EntityPath? within;
    private readonly UsageBranch[] branches;
    private readonly HashSet<string> strangers;
    private readonly Action<NatsKeysException> unreadable;
    private readonly CancellationToken cancellation;

    /// <param name="store">The store.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="within">The entity that lists or listed the keys; null to search everywhere.</param>
    /// <param name="unreadable">Receives the error of each file that cannot be read.</param>
    /// <param name="cancellation">Cancels the walk.</param>
    public UsageWalker(
        NatsStore store, IEnumerable<string> keys, EntityPath? within, Action<NatsKeysException> unreadable, CancellationToken cancellation)
    {
        this.keys = keys.ToHashSet(StringComparer.Ordinal);
        (this.within, this.unreadable, this.cancellation) = (within, unreadable, cancellation);
        branches = [.. store.ReadOperators(unreadable, within?.Operator)
            .Select(owner => new UsageBranch(owner, store.ReadChildren<NatsAccount>(owner, unreadable)))];

        // Entities signed by a key that is not listed can be anywhere.
        strangers = this.keys.Where(key => !PublicNkey.Is(key, NatsKeyType.User)).ToHashSet(StringComparer.Ordinal);
        strangers.ExceptWith(branches.SelectMany(branch => branch.OwnKeys()));
    }

    /// <summary>The uses, parents before children.</summary>
    public IEnumerable<NatsKeyUsage> Read() => branches.SelectMany(Below);

    private IEnumerable<NatsKeyUsage> Below(UsageBranch branch)
    {
        var unlisted = new UnlistedKeys(branch.Operator);
        return OwnUses(branch.Operator).Concat(branch.Accounts.SelectMany(account => account.Document.Signer is { } signer && keys.Contains(signer)
            ? unlisted.Of(signer).Append(Signed(account)).Concat(Below(branch, account, depth: 2, isWhole: true))
            : OfAccount(branch, account)));
    }

    /// <summary>What depends on an account's own keys, if the account itself does not depend on the keys.</summary>
    private IEnumerable<NatsKeyUsage> OfAccount(UsageBranch branch, NatsAccount account)
    {
        var unlisted = new UnlistedKeys(account);
        bool maySign = KeyUses.OwnKeys(account).Any(keys.Contains) || strangers.Any(key => PublicNkey.Is(key, NatsKeyType.Account));
        IEnumerable<NatsKeyUsage> below = maySign || MayHaveUser(account) ? Below(branch, account, depth: 1, isWhole: false) : [];
        return OwnUses(account).Concat(
            below.SelectMany(use => use.Depth > 0 && keys.Contains(use.Issuer ?? "") ? unlisted.Of(use.Issuer).Append(use) : [use]));
    }

    /// <param name="branch">The operator and its accounts.</param>
    /// <param name="account">The account.</param>
    /// <param name="depth">The depth of what is below the account.</param>
    /// <param name="isWhole">Whether all of it depends on the keys, because the account does.</param>
    private IEnumerable<NatsKeyUsage> Below(UsageBranch branch, NatsAccount account, int depth, bool isWhole)
    {
        var users = new UsageOfUsers(account, keys, depth, isWhole, unreadable, cancellation);
        IEnumerable<NatsKeyUsage> found = within?.Kind == EntityKind.User ? users.Read([within.Name]) : users.Read();
        return found.Concat(branch.ImportsFrom(account).Select(import => Of(import, account, depth, isWhole)).OfType<NatsKeyUsage>());
    }

    private NatsKeyUsage? Of(NatsImport import, NatsAccount exporter, int depth, bool isWhole)
    {
        NatsJwt? activation = import.Activation;
        bool isSigned = activation is not null && (isWhole || keys.Contains(activation.Issuer!));
        return isSigned || isWhole || keys.Contains(exporter.Subject!)
            ? new NatsKeyUsage(isSigned ? KeyUsageKind.Activation : KeyUsageKind.Import, import.GetAccount().Path)
            {
                Depth = depth,
                PublicKey = import.GetAccount().Subject,
                Issuer = activation?.Issuer,
                Signer = exporter,
                Expires = activation?.Expires,
                Import = import,
                Entity = import.GetAccount(),
            }
            : null;
    }

    private static NatsKeyUsage Signed(NatsAccount account) => new(KeyUsageKind.Account, account.Path)
    {
        Depth = 1,
        PublicKey = account.Subject,
        Issuer = account.Document.Signer,
        Expires = UnixTime.ToDate(account.Document.Signed.Expires),
        Entity = account,
    };

    /// <summary>The uses of the keys by an entity. Importers of an account are returned with the account, if the store has it.</summary>
    private IEnumerable<NatsKeyUsage> OwnUses(NatsEntity entity) => KeyUses.Of(entity)
        .Where(use => keys.Contains(use.PublicKey!) && (use.Kind != KeyUsageKind.Exporter || strangers.Contains(use.PublicKey!)))
        .Select(use => use with { Entity = entity });

    private bool MayHaveUser(NatsAccount account) =>
        keys.Any(key => PublicNkey.Is(key, NatsKeyType.User)) && (within?.Kind != EntityKind.User || within.Folded.Parent == account.Path.Folded);
}

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
