using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Entities;

/// <summary>An account of an operator, which signs users.</summary>
public sealed class NatsAccount : NatsEntity
{
    internal NatsAccount(NatsStore store, EntityPath path, EntityDocument document, NatsEntity? parent)
        : base(store, path, document, parent)
    {
    }

    /// <summary>Everything that it states.</summary>
    public AccountClaims Claims => (AccountClaims)Wanted;

    /// <summary>The name of its operator.</summary>
    public string Operator => Path.Operator;

    /// <summary>The keys that sign users in its place.</summary>
    public IReadOnlyList<NatsSigningKey> SigningKeys => [.. Claims.SigningKeys.Select(key => new NatsSigningKey(this, key.Key, key.IsScoped ? key : null))];

    /// <summary>Its limits.</summary>
    public AccountLimits Limits => Claims.Limits;

    /// <summary>What it offers to other accounts.</summary>
    public IReadOnlyList<AccountExport> Exports => Claims.Exports;

    /// <summary>What it takes from other accounts.</summary>
    public IReadOnlyList<AccountImport> Imports => Claims.Imports;

    // Under a strict operator an account's identity does not sign either (validation rules, B.2).
    internal override IReadOnlyCollection<string> TrustedKeys
    {
        get
        {
            IEnumerable<string> keys = Claims.SigningKeys.Select(key => key.Key);
            return ((NatsOperator)Parent).RequireSigningKeys ? [.. keys] : [Subject!, .. keys];
        }
    }

    internal override IReadOnlyCollection<string> TrustedIssuers => Parent.TrustedKeys;

    /// <summary>The scope of a signing key; null when it has none.</summary>
    internal AccountSigningKey? ScopeOf(string publicKey) => Claims.SigningKeys.Find(key => key.Key == publicKey && key.IsScoped);
}
