using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>The connection between an import and its export.</summary>
/// <param name="Export">The index of the export in its account's list; negative if there is none.</param>
/// <param name="Fault">Why servers do not connect the two; null if they do.</param>
internal sealed record ImportLink(int Export, string? Fault)
{
    /// <summary>Finds the export of an import and compares the two.</summary>
    /// <param name="import">The import.</param>
    /// <param name="exporter">The exporting account; null if the store does not have it.</param>
    /// <param name="exports">The exports of that account.</param>
    /// <param name="now">The time.</param>
    public static ImportLink Of(NatsImport import, NatsAccount? exporter, ExportIndex? exports, DateTimeOffset now)
    {
        if (exporter is null || exports is null)
        {
            return new ImportLink(-1, Fault: null);
        }

        int index = exports.Find(import.Type, import.Subject ?? "");
        return new ImportLink(index, index < 0 ? "not exported" : FaultOf(import, exporter, exporter.Claims.Exports[index], now.ToUnixTimeSeconds()));
    }

    private static string? FaultOf(NatsImport import, NatsAccount exporter, AccountExport export, long now)
    {
        // The importer's public key in the subject replaces the activation.
        if (!export.TokenReq || export.AccountTokenPosition > 0)
        {
            return null;
        }

        if (import.Activation?.Claims is not ActivationClaims activation)
        {
            return string.IsNullOrEmpty(import.Claims.Token) ? "no activation" : "activation cannot be read";
        }

        bool isOfThis = activation.Subject == import.GetAccount().Subject
            && activation.ImportKind == import.Type
            && Subjects.IsContainedAsInReference(import.Subject ?? "", activation.ImportSubject ?? "");
        return !isOfThis ? "activation for another account or subject"
            : Signers.FaultOf(activation, activation.Issuer, exporter.Claims, exporter.TrustedKeys) != SignerFault.None ? "activation not trusted"
            : Revocations.IsRevoked(export.Revocations, activation) ? "activation revoked"
            : UnixTime.IsExpired(activation.Expires, now) ? "activation expired"
            : UnixTime.IsNotYet(activation.NotBefore, now) ? "activation not valid yet"
            : null;
    }
}
