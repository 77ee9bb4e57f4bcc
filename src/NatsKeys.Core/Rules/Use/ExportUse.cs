using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Finds latency measurements of exports that servers do not perform: TrackServiceExportWithSampling in accounts.go.</summary>
internal static class ExportUse
{
    public static void Check(AccountClaims claims, Findings findings)
    {
        for (int index = 0; index < claims.Exports.Count; index++)
        {
            AccountExport export = claims.Exports[index];
            var claim = new ClaimPath("exports", index);
            if (export.IsNull)
            {
                continue;
            }

            TextRules.CheckSubject(export.Subject, claim.Of("subject"), findings);
            TextRules.CheckSubject(export.ServiceLatency?.Results, claim.Of("service_latency").Of("results"), findings);
            if (export is { Type: "service", ServiceLatency: { } latency } && WhyUnmeasured(claims, export, latency) is { } reason)
            {
                findings.Add(
                    ValidationRules.ExportLatencyUnused,
                    claim.Of("service_latency"),
                    $"Servers do not measure the latency of '{Excerpt.Of(export.Subject)}': {reason}.");
            }
        }
    }

    private static string? WhyUnmeasured(AccountClaims claims, AccountExport export, ServiceLatency latency)
    {
        string results = latency.Results ?? "";
        return !Subjects.IsWellFormed(results) ? $"'{Excerpt.Of(results)}' is not a subject"
            : export.ResponseType is "Stream" or "Chunked" ? $"it answers with more than one message ({export.ResponseType})"
            : claims.Exports.FirstOrDefault(
                other => other is { IsNull: false, Type: "service" } && Subjects.Covers(other.Subject ?? "", results)) is { } service
                ? $"the results would go to '{Excerpt.Of(results)}', which the account exports as the service '{Excerpt.Of(service.Subject)}'"
            : null;
    }
}
