using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>The keys that claims have and name, and as what.</summary>
internal static class KeyUses
{
    /// <summary>
    /// The uses that an entity makes of keys, by what is wanted and by what was signed: an edit may yet be taken back. Who signed it is not among
    /// them.
    /// </summary>
    public static IEnumerable<NatsKeyUsage> Of(NatsEntity entity) =>
        Of(entity.Wanted).Union(Of(entity.Document.Signed)).Select(use => new NatsKeyUsage(use.Kind, entity.Path)
    {
        PublicKey = use.Key,
        Role = use.Kind == KeyUsageKind.SigningKey ? (entity as NatsAccount)?.ScopeOf(use.Key)?.Role : null,
    });

    /// <summary>The keys that sign for an entity: its identity and what it lists.</summary>
    public static IEnumerable<string> OwnKeys(NatsEntity entity) =>
        Of(entity).Where(use => use.Kind is KeyUsageKind.Identity or KeyUsageKind.SigningKey).Select(use => use.PublicKey!);

    /// <summary>Every public key that claims have or list, that of their issuer too.</summary>
    public static IEnumerable<string> KeysOf(ClaimSet claims) =>
        Of(claims).Select(use => use.Key).Concat(claims.Issuer is { } issuer ? [issuer] : []);

    private static IEnumerable<(KeyUsageKind Kind, string Key)> Of(ClaimSet claims)
    {
        IEnumerable<(KeyUsageKind Kind, string? Key)> own = claims.ListedKeys.Select(
            key => (KeyUsageKind.SigningKey, (string?)key)).Prepend((KeyUsageKind.Identity, claims.Subject));
        IEnumerable<(KeyUsageKind Kind, string? Key)> named = claims switch
        {
            OperatorClaims owner => [(KeyUsageKind.SystemAccount, owner.SystemAccount)],
            AccountClaims account =>
            [
                (KeyUsageKind.EncryptionKey, account.Authorization.Xkey),
                .. account.Authorization.AuthUsers.Select(key => (KeyUsageKind.CalloutUser, key)),
                .. account.Authorization.AllowedAccounts.Where(key => key != Revocations.All).Select(key => (KeyUsageKind.CalloutAccount, key)),
                .. account.Imports.Select(import => import.Account).Distinct().Select(key => (KeyUsageKind.Exporter, key)),
            ],
            _ => [],
        };
        return own.Concat(named).Where(use => !string.IsNullOrEmpty(use.Key)).Select(use => (use.Kind, use.Key!));
    }
}
