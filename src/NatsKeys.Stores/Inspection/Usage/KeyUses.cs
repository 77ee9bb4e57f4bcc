using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>The keys in claims, and their uses.</summary>
internal static class KeyUses
{
    /// <summary>
    /// The uses of keys by an entity, in both the current and the last signed claims, because an unsigned edit may still be undone. The issuer is not
    /// included.
    /// </summary>
    public static IEnumerable<NatsKeyUsage> Of(NatsEntity entity) =>
        Of(entity.Wanted).Union(Of(entity.Document.Signed)).Select(use => new NatsKeyUsage(use.Kind, entity.Path)
    {
        PublicKey = use.Key,
        Role = use.Kind == KeyUsageKind.SigningKey ? (entity as NatsAccount)?.ScopeOf(use.Key)?.Role : null,
    });

    /// <summary>The keys that can sign for an entity: its identity key and its signing keys.</summary>
    public static IEnumerable<string> OwnKeys(NatsEntity entity) =>
        Of(entity).Where(use => use.Kind is KeyUsageKind.Identity or KeyUsageKind.SigningKey).Select(use => use.PublicKey!);

    /// <summary>All public keys in claims, including the issuer.</summary>
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
