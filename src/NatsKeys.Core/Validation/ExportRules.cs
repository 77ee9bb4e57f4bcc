using NatsKeys.Claims;

namespace NatsKeys.Validation;

/// <summary>The rules of exports.</summary>
internal static class ExportRules
{
    private const string Service = "service";
    private const string Stream = "stream";

    public static void Check(List<AccountExport> exports, Findings findings)
    {
        for (int index = 0; index < exports.Count; index++)
        {
            string claim = $"exports[{index}]";
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

    private static void Check(AccountExport export, string claim, Findings findings)
    {
        bool isService = export.Type == Service;
        if (!isService && export.Type != Stream)
        {
            findings.Add(ValidationRules.ExportType, $"{claim}.type", $"'{export.Type}' is neither stream nor service.");
        }

        if (isService && export.ResponseType is not (null or "" or "Singleton" or "Stream" or "Chunked"))
        {
            findings.Add(ValidationRules.ExportResponseTypeService, $"{claim}.response_type", $"'{export.ResponseType}' is not Singleton, Stream or Chunked.");
        }

        if (export.Type == Stream && !string.IsNullOrEmpty(export.ResponseType))
        {
            findings.Add(ValidationRules.ExportResponseTypeStream, $"{claim}.response_type");
        }

        if (export.Type == Stream && export.AllowTrace)
        {
            findings.Add(ValidationRules.ExportAllowTrace, $"{claim}.allow_trace");
        }

        CheckLatency(export, claim, isService, findings);
        if (export.ResponseThreshold < 0)
        {
            findings.Add(ValidationRules.ExportThresholdNegative, $"{claim}.response_threshold");
        }

        if (export.ResponseThreshold > 0 && !isService)
        {
            findings.Add(ValidationRules.ExportThresholdNotService, $"{claim}.response_threshold");
        }

        Subjects.Check(export.Subject, $"{claim}.subject", findings);
        CheckTokenPosition(export, $"{claim}.account_token_position", findings);
        AccountRules.CheckInfo(export.Description, export.InfoUrl, $"{claim}.", findings);
    }

    private static void CheckLatency(AccountExport export, string claim, bool isService, Findings findings)
    {
        if (export.ServiceLatency is not { } latency)
        {
            return;
        }

        if (!isService)
        {
            findings.Add(ValidationRules.ExportLatencyNotService, $"{claim}.service_latency");
        }

        if (latency.Sampling is < 0 or > 100)
        {
            findings.Add(ValidationRules.ExportLatencySampling, $"{claim}.service_latency.sampling", $"The sampling {latency.Sampling} is not from 0 to 100.");
        }

        Subjects.Check(latency.Results, $"{claim}.service_latency.results", findings);
        if (Subjects.HasWildcards(latency.Results ?? ""))
        {
            findings.Add(ValidationRules.ExportLatencyWildcard, $"{claim}.service_latency.results", $"The results subject '{latency.Results}' has wildcards.");
        }
    }

    private static void CheckTokenPosition(AccountExport export, string claim, Findings findings)
    {
        if (export.AccountTokenPosition <= 0)
        {
            return;
        }

        string subject = export.Subject ?? "";
        if (!Subjects.HasWildcards(subject))
        {
            findings.Add(ValidationRules.ExportTokenPositionNoWildcard, claim, $"The subject '{subject}' has no wildcards for the account's key.");
            return;
        }

        string[] tokens = subject.Split('.');
        if (export.AccountTokenPosition > tokens.Length)
        {
            findings.Add(ValidationRules.ExportTokenPositionRange, claim, $"The subject '{subject}' has {tokens.Length} tokens, and none at {export.AccountTokenPosition}.");
        }
        else if (tokens[export.AccountTokenPosition - 1] != "*")
        {
            findings.Add(ValidationRules.ExportTokenPositionToken, claim, $"The token at {export.AccountTokenPosition} of '{subject}' is not '*'.");
        }
    }

    private static void CheckOverlap(IEnumerable<AccountExport> exports, Findings findings)
    {
        string[] subjects = [.. exports.Select(export => export.Subject ?? "")];
        foreach (string subject in subjects.Distinct(StringComparer.Ordinal))
        {
            bool contains = subjects.Count(other => other == subject) > 1 || subjects.Any(other => other != subject && Subjects.IsContained(other, subject));
            if (contains)
            {
                findings.Add(ValidationRules.ExportsOverlap, "exports", $"The export '{subject}' contains another one.");
            }
        }
    }
}
