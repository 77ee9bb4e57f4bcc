using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>Finds keys that an entity lists twice or for two purposes, and revocations of something that is not a key.</summary>
internal static class KeyListRules
{
    public static void Check(OperatorClaims claims, Findings findings)
    {
        CheckTwice(claims.SigningKeys, findings);
        if (claims.Subject is { } own && claims.SigningKeys.Contains(own))
        {
            findings.Add(
                ValidationRules.KeyOwn,
                "signing_keys",
                $"The identity key {own} of the operator is listed as a signing key. It may sign even after it is removed from the list.");
        }
    }

    public static void Check(AccountClaims claims, Findings findings)
    {
        CheckTwice(claims.SigningKeys.Select(key => key.Key), findings);
        CheckRevocations(claims.Revocations, "revocations", findings);
        for (int index = 0; index < claims.Exports.Count; index++)
        {
            CheckRevocations(claims.Exports[index].Revocations, new ClaimPath("exports", index, "revocations"), findings);
        }

        if (claims.SigningKeys.LastOrDefault(key => key.Key == claims.Subject) is { } own)
        {
            findings.Add(
                ValidationRules.KeyOwn, "signing_keys",
                own.IsScoped
                    ? $"The identity key {own.Key} of the account has the role '{own.Role}', which servers ignore: users that it signs may have "
                        + "any permissions."
                    : $"The identity key {own.Key} of the account is listed as a signing key. It may sign even after it is removed from the list.");
        }
    }

    private static void CheckRevocations(ClaimTable<long> revocations, ClaimPath claim, Findings findings)
    {
        foreach (string key in revocations
            .Select(revocation => revocation.Key)
            .Where(key => key != Revocations.All && !PublicNkey.TryGetType(key, out _)))
        {
            findings.Add(
                ValidationRules.RevocationKey, claim, $"'{Excerpt.Of(key)}' is revoked, but it is not a public key. The revocation has no effect.");
        }
    }

    private static void CheckTwice(IEnumerable<string?> keys, Findings findings)
    {
        if (keys.GroupBy(key => key).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            findings.Add(ValidationRules.KeyTwice, "signing_keys", $"The signing key {twice.Key} is listed twice. Servers use the last entry.");
        }
    }
}
