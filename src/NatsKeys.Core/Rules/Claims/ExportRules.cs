using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Checks exports.</summary>
internal static class ExportRules
{
    private const string Service = "service";
    private const string Stream = "stream";

    public static void Check(ClaimList<AccountExport> exports, Findings findings)
    {
        for (int index = 0; index < exports.Count; index++)
        {
            var claim = new ClaimPath("exports", index);
            if (exports[index].IsNull)
            {
                findings.Add(ValidationRules.ExportNull, claim);
            }
            else
            {
                Check(exports[index], claim, findings);
            }
        }

        AccountExport[] present = [.. exports.Where(export => !export.IsNull)];
        CheckOverlap(present.Where(export => export.Type == Service), findings);
        CheckOverlap(present.Where(export => export.Type != Service), findings);
    }

    private static void Check(AccountExport export, ClaimPath claim, Findings findings)
    {
        bool isService = export.Type == Service;
        if (!isService && export.Type != Stream)
        {
            findings.Add(ValidationRules.ExportType, claim.Of("type"), $"'{export.Type}' is neither stream nor service.");
        }

        if (isService && export.ResponseType is not (null or "" or "Singleton" or "Stream" or "Chunked"))
        {
            findings.Add(
                ValidationRules.ExportResponseTypeService,
                claim.Of("response_type"),
                $"'{export.ResponseType}' is not Singleton, Stream or Chunked.");
        }

        if (export.Type == Stream && !string.IsNullOrEmpty(export.ResponseType))
        {
            findings.Add(ValidationRules.ExportResponseTypeStream, claim.Of("response_type"));
        }

        if (export.Type == Stream && export.AllowTrace)
        {
            findings.Add(ValidationRules.ExportAllowTrace, claim.Of("allow_trace"));
        }

        CheckLatency(export, claim, isService, findings);
        if (export.ResponseThreshold < 0)
        {
            findings.Add(ValidationRules.ExportThresholdNegative, claim.Of("response_threshold"));
        }

        if (export.ResponseThreshold > 0 && !isService)
        {
            findings.Add(ValidationRules.ExportThresholdNotService, claim.Of("response_threshold"));
        }

        Subjects.Check(export.Subject, claim.Of("subject"), findings);
        CheckTokenPosition(export, claim.Of("account_token_position"), findings);
        InfoRules.Check(export.Description, export.InfoUrl, claim, findings);
    }

    private static void CheckLatency(AccountExport export, ClaimPath claim, bool isService, Findings findings)
    {
        if (export.ServiceLatency is not { } latency)
        {
            return;
        }

        if (!isService)
        {
            findings.Add(ValidationRules.ExportLatencyNotService, claim.Of("service_latency"));
        }

        if (latency.Sampling is < 0 or > 100)
        {
            findings.Add(
                ValidationRules.ExportLatencySampling,
                claim.Of("service_latency").Of("sampling"),
                $"The latency sampling {latency.Sampling} is not from 0 to 100.");
        }

        Subjects.Check(latency.Results, claim.Of("service_latency").Of("results"), findings);
        if (Subjects.HasWildcards(latency.Results ?? ""))
        {
            findings.Add(
                ValidationRules.ExportLatencyWildcard,
                claim.Of("service_latency").Of("results"),
                $"The subject '{latency.Results}' for latency results has wildcards.");
        }
    }

    private static void CheckTokenPosition(AccountExport export, ClaimPath claim, Findings findings)
    {
        if (export.AccountTokenPosition <= 0)
        {
            return;
        }

        string subject = export.Subject ?? "";
        if (!Subjects.HasWildcards(subject))
        {
            findings.Add(
                ValidationRules.ExportTokenPositionNoWildcard, claim, $"The subject '{Excerpt.Of(subject)}' has no wildcard for the account's key.");
            return;
        }

        string[] tokens = subject.Split('.');
        if (export.AccountTokenPosition > tokens.Length)
        {
            findings.Add(
                ValidationRules.ExportTokenPositionRange,
                claim,
                $"The subject '{Excerpt.Of(subject)}' has {tokens.Length} tokens, so none at position {export.AccountTokenPosition}.");
        }
        else if (tokens[export.AccountTokenPosition - 1] != "*")
        {
            findings.Add(
                ValidationRules.ExportTokenPositionToken,
                claim,
                $"The token at position {export.AccountTokenPosition} of '{Excerpt.Of(subject)}' is not '*'.");
        }
    }

    /// <summary>
    /// Finds subjects that contain another one. Every subject that another one contains begins with the latter's tokens before its first wildcard.
    /// So, in sorted order, only the subjects with this prefix need to be compared.
    /// </summary>
    private static void CheckOverlap(IEnumerable<AccountExport> exports, Findings findings)
    {
        string[] subjects = [.. exports.Select(export => export.Subject ?? "").Order(StringComparer.Ordinal)];
        string[][] tokens = [.. subjects.Select(subject => subject.Split('.'))];
        for (int index = 0; index < subjects.Length; index++)
        {
            bool isFirst = index == 0 || subjects[index - 1] != subjects[index];
            if (isFirst && ContainsAnother(subjects, tokens, index))
            {
                findings.Add(ValidationRules.ExportsOverlap, "exports", $"The export '{Excerpt.Of(subjects[index])}' covers another export.");
            }
        }
    }

    private static bool ContainsAnother(string[] sorted, string[][] tokens, int index)
    {
        string subject = sorted[index];
        if (index + 1 < sorted.Length && sorted[index + 1] == subject)
        {
            return true;
        }

        ReadOnlySpan<char> prefix = Subjects.LiteralPrefix(subject);
        int start = Array.BinarySearch(sorted, prefix.ToString(), StringComparer.Ordinal);
        for (int other = start < 0 ? ~start : start;
            other < sorted.Length && sorted[other].AsSpan().StartsWith(prefix, StringComparison.Ordinal);
            other++)
        {
            if (sorted[other] != subject && Subjects.IsContainedAsInReference(tokens[other], tokens[index]))
            {
                return true;
            }
        }

        return false;
    }
}
