using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>The rules of accounts.</summary>
internal static class AccountRules
{
    private const int WholeSampling = 100;

    public static void Check(AccountClaims claims, Findings findings)
    {
        ImportRules.Check(claims.Imports, claims.Subject, findings);
        ExportRules.Check(claims.Exports, findings);
        CheckLimits(claims, findings);
        PermissionRules.Check(claims.DefaultPermissions, "default_permissions.", findings);
        MappingRules.Check(claims, findings);
        CalloutRules.Check(claims.Authorization, findings);
        CheckTrace(claims.Trace, findings);
        CheckCounts(claims, findings);
        CheckSigningKeys(claims, findings);
        InfoRules.Check(claims.Description, claims.InfoUrl, path: null, findings);
        if (claims.ClusterTraffic is not (null or "" or "system" or "owner"))
        {
            findings.Add(ValidationRules.AccountClusterTraffic, "cluster_traffic", $"'{claims.ClusterTraffic}' is neither system nor owner.");
        }
    }

    private static bool AreAllZero(AccountLimits limits) =>
        limits.TieredLimits.Count == 0 && !limits.Wildcards && !limits.DisallowBearer && limits.HasNoJetStream
        && (limits.Subs, limits.Data, limits.Payload, limits.Imports, limits.Exports, limits.Conn, limits.Leaf) == (0, 0, 0, 0, 0, 0, 0);

    private static void CheckLimits(AccountClaims claims, Findings findings)
    {
        AccountLimits limits = claims.Limits;
        if (limits.TieredLimits.Count > 0 && !limits.HasNoJetStream)
        {
            findings.Add(ValidationRules.LimitsJetStreamExclusive, "limits.tiered_limits");
        }

        if (limits.TieredLimits.ContainsKey(""))
        {
            findings.Add(ValidationRules.LimitsTierBlank, "limits.tiered_limits");
        }

        if (PublicNkey.Is(claims.Issuer, NatsKeyType.Account) && !AreAllZero(limits))
        {
            findings.Add(
                ValidationRules.AccountSelfSignedLimits,
                "limits",
                "The account is self-signed and sets limits. Only operators can set limits.");
        }
    }

    /// <summary>
    /// Checks the numbers of imports and exports. The reference implementation checks imports twice, by two conditions that differ for unusual
    /// limits.
    /// </summary>
    private static void CheckCounts(AccountClaims claims, Findings findings)
    {
        AccountLimits limits = claims.Limits;
        if (!AreAllZero(limits) && limits.Imports >= 0 && claims.Imports.Count > limits.Imports)
        {
            findings.Add(
                ValidationRules.AccountImportsLimit, "imports", $"The account has {claims.Imports.Count} imports, but only {limits.Imports} are "
                    + "allowed.");
        }

        if (limits.Imports != -1 && claims.Imports.Count > limits.Imports)
        {
            findings.Add(
                ValidationRules.AccountImportsLimit,
                "limits.imports",
                $"The account has {claims.Imports.Count} imports, but only {limits.Imports} are allowed.");
        }

        if (limits.Exports == -1)
        {
            return;
        }

        if (claims.Exports.Count > limits.Exports)
        {
            findings.Add(
                ValidationRules.AccountExportsLimit, "exports", $"The account has {claims.Exports.Count} exports, but only {limits.Exports} are "
                    + "allowed.");
        }

        if (!limits.Wildcards)
        {
            foreach (AccountExport export in claims.Exports.Where(export => Subjects.HasWildcards(export.Subject ?? "")))
            {
                findings.Add(
                    ValidationRules.AccountWildcardExports,
                    "exports",
                    $"The export '{Excerpt.Of(export.Subject)}' has wildcards, which the account's limits forbid.");
            }
        }
    }

    private static void CheckTrace(MessageTrace? trace, Findings findings)
    {
        if (trace is null)
        {
            return;
        }

        var destination = new Findings();
        Subjects.Check(trace.Dest, "trace.dest", destination);
        if (destination.Count > 0)
        {
            findings.Add(ValidationRules.TraceDestination, "trace.dest", destination.All[0].Message);
        }

        if (Subjects.HasWildcards(trace.Dest ?? ""))
        {
            findings.Add(ValidationRules.TraceWildcard, "trace.dest", $"The trace subject '{trace.Dest}' has wildcards.");
        }

        if (trace.Sampling is < 0 or > WholeSampling)
        {
            findings.Add(ValidationRules.TraceSampling, "trace.sampling", $"The trace sampling {trace.Sampling} is not from 0 to {WholeSampling}.");
        }
    }

    private static void CheckSigningKeys(AccountClaims claims, Findings findings)
    {
        foreach (AccountSigningKey key in claims.SigningKeys.GroupBy(key => key.Key).Select(group => group.Last()))
        {
            if (!PublicNkey.Is(key.Key, NatsKeyType.Account))
            {
                findings.Add(
                    key.IsScoped ? ValidationRules.KeyAccount : ValidationRules.AccountSigningKey,
                    "signing_keys",
                    $"The signing key '{key.Key}' is not an account's public key.");
            }
        }
    }
}
