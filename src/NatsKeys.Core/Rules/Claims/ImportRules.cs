using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>Checks imports.</summary>
internal static class ImportRules
{
    private const string Service = "service";

    public static void Check(ClaimList<AccountImport> imports, string? importer, Findings findings)
    {
        var seen = new Dictionary<string, List<string[]>>(StringComparer.Ordinal);
        for (int index = 0; index < imports.Count; index++)
        {
            var claim = new ClaimPath("imports", index);
            AccountImport import = imports[index];
            if (import.IsNull)
            {
                findings.Add(ValidationRules.ImportNull, claim);
                continue;
            }

            Check(import, claim, importer, findings);
            if (import.Type == Service)
            {
                CheckOverlap(import, claim, seen, findings);
            }
        }
    }

    private static void Check(AccountImport import, ClaimPath claim, string? importer, Findings findings)
    {
        bool isService = import.Type == Service;
        if (!isService && import.Type != "stream")
        {
            findings.Add(ValidationRules.ImportType, claim.Of("type"), $"'{Excerpt.Of(import.Type)}' is neither stream nor service.");
        }

        if (isService && import.AllowTrace)
        {
            findings.Add(ValidationRules.ImportAllowTrace, claim.Of("allow_trace"));
        }

        if (string.IsNullOrEmpty(import.Account))
        {
            findings.Add(ValidationRules.ImportAccountMissing, claim.Of("account"));
        }

        Subjects.Check(import.Subject, claim.Of("subject"), findings);
        if (!string.IsNullOrEmpty(import.LocalSubject))
        {
            Subjects.CheckLocal(import.LocalSubject, import.Subject, claim.Of("local_subject"), findings);
            if (!string.IsNullOrEmpty(import.To))
            {
                findings.Add(ValidationRules.ImportToAndLocal, claim.Of("to"));
            }
        }

        if (!string.IsNullOrEmpty(import.To))
        {
            findings.Add(ValidationRules.ImportToDeprecated, claim.Of("to"));
        }

        if (import.Share && !isService)
        {
            findings.Add(ValidationRules.ImportShare, claim.Of("share"));
        }

        if (!string.IsNullOrEmpty(import.Token))
        {
            CheckToken(import, claim.Of("token"), importer, findings);
        }
    }

    private static void CheckToken(AccountImport import, ClaimPath claim, string? importer, Findings findings)
    {
        if (JwtReader.TryRead(import.Token)?.Claims is not ActivationClaims activation)
        {
            findings.Add(ValidationRules.ImportTokenInvalid, claim, "The token is not a valid activation token.");
            return;
        }

        if (activation.Issuer != import.Account && activation.IssuerAccount != import.Account)
        {
            findings.Add(
                ValidationRules.ImportTokenExporter, claim, $"The activation token was not issued by the exporting account {import.Account}.");
        }

        if (activation.Subject != importer)
        {
            findings.Add(
                ValidationRules.ImportTokenImporter, claim, $"The activation token was issued to {activation.Subject}, not to this account.");
        }

        if (activation.ImportKind != import.Type)
        {
            findings.Add(ValidationRules.ImportTokenKind, claim, $"The activation token is for a {activation.ImportKind}, not for a {import.Type}.");
        }

        // The validity period of the activation is checked where it is used, not here.
        ActivationRules.Check(activation, findings);
        string subject = import.Type == Service && !string.IsNullOrEmpty(import.To) ? import.To : import.Subject ?? "";
        if (!Subjects.IsContainedAsInReference(subject, activation.ImportSubject ?? ""))
        {
            findings.Add(
                ValidationRules.ImportTokenSubject,
                claim,
                $"The activation token covers '{Excerpt.Of(activation.ImportSubject)}', not '{Excerpt.Of(subject)}'.");
        }
    }

    private static void CheckOverlap(AccountImport import, ClaimPath claim, Dictionary<string, List<string[]>> seen, Findings findings)
    {
        string effective = !string.IsNullOrEmpty(import.To) ? import.To
            : !string.IsNullOrEmpty(import.LocalSubject) ? Subjects.WithoutReferences(import.LocalSubject)
            : import.Subject ?? "";
        string account = import.Account ?? "";
        CheckOthers(effective, account, claim, seen, findings);
        if (!seen.TryGetValue(account, out List<string[]>? earlier))
        {
            seen[account] = earlier = [];
        }

        string[] tokens = effective.Split('.');
        bool isNew = true;
        foreach (string[] other in earlier)
        {
            if (Subjects.IsContainedAsInReference(other, tokens) || Subjects.IsContainedAsInReference(tokens, other))
            {
                findings.Add(
                    ValidationRules.ImportsOverlap,
                    claim,
                    $"The service import '{Excerpt.Of(effective)}' overlaps another service import from the same account.");
                isNew &= !tokens.AsSpan().SequenceEqual(other);
            }
        }

        if (isNew)
        {
            earlier.Add(tokens);
        }
        else
        {
            findings.Add(ValidationRules.ImportsOverlap, claim, $"The service import '{Excerpt.Of(effective)}' is listed twice.");
        }
    }

    /// <summary>Checks services from different accounts for overlaps, which some older servers reject.</summary>
    private static void CheckOthers(string effective, string account, ClaimPath claim, Dictionary<string, List<string[]>> seen, Findings findings)
    {
        if (seen.Count == (seen.ContainsKey(account) ? 1 : 0))
        {
            return;
        }

        string[] tokens = effective.Split('.');
        if (seen.Any(other => other.Key != account && other.Value.Exists(subject =>
            Subjects.IsContainedAsInReference(subject, tokens) || Subjects.IsContainedAsInReference(tokens, subject))))
        {
            findings.Add(
                ValidationRules.ImportsOverlapAccounts,
                claim,
                $"The service import '{Excerpt.Of(effective)}' overlaps one from another account: servers refuse the whole account.");
        }
    }
}
