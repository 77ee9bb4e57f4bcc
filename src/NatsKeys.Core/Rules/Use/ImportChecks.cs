using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>
/// Finds imports that servers drop because of the exporter's claims: checkServiceExportApproved, checkStreamExportApproved and checkActivation in
/// accounts.go. Servers only report this in debug logs.
/// </summary>
/// <param name="accounts">All accounts of one operator.</param>
/// <param name="above">The operator.</param>
/// <param name="now">The time.</param>
internal sealed class ImportChecks(IEnumerable<AccountNode> accounts, OperatorClaims above, DateTimeOffset now)
{
    private readonly Dictionary<string, OfferedExports> offers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountNode> byKey = accounts.GroupBy(account => account.Claims.Subject ?? "").ToDictionary(
        group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Replaces the state of an account, or adds the account.</summary>
    /// <param name="account">The account.</param>
    public void Replace(AccountNode account)
    {
        string key = account.Claims.Subject ?? "";
        if (!byKey.TryGetValue(key, out AccountNode? known) || known != account)
        {
            byKey[key] = account;
            offers.Remove(key);
        }
    }

    /// <summary>Checks the imports of an account.</summary>
    /// <param name="importer">The account.</param>
    /// <param name="findings">Receives the findings.</param>
    public void Check(AccountNode importer, Findings findings)
    {
        var circles = new Lazy<ImportCycles>(() => new ImportCycles(byKey, above.SystemAccount, IsUsed));
        for (int index = 0; index < importer.Claims.Imports.Count; index++)
        {
            AccountImport import = importer.Claims.Imports[index];
            if (import.IsNull || string.IsNullOrEmpty(import.Account))
            {
                continue;
            }

            var claim = new ClaimPath("imports", index);
            if (FaultOf(importer, import) is { } fault)
            {
                findings.Add(fault.Rule, claim, $"Servers drop the import of {NameOf(import)}: {fault.Reason}.");
            }
            else if (HasImports(byKey[import.Account], import.Type))
            {
                // Versions that search for cycles in the same way are checked once.
                ServerVersion[] bad =
                [
                    .. findings.Servers
                        .GroupBy(
                            server => (
                                server.Has(ServerFeature.StreamCircles),
                                server.Has(ServerFeature.ServiceCircles),
                                server.Has(ServerFeature.SeparateCircles)))
                        .Where(alike => circles.Value.FormsOne(importer, import, alike.First())).SelectMany(alike => alike).Order(),
                ];
                findings.AddFor(
                    ValidationRules.ImportCircle, claim,
                    $"The import of {NameOf(import)} from the {byKey[import.Account].Place} closes a cycle of "
                        + "imports: servers drop the import of the cycle that they load last.",
                    bad, ServerFeature.SeparateCircles, ServerFeature.ServiceCircles, ServerFeature.StreamCircles);
            }
        }
    }

    private bool IsUsed(AccountNode importer, AccountImport import) => !import.IsNull && FaultOf(importer, import) is null;

    /// <summary>
    /// Whether imports of an account can continue a cycle. Servers let every account import services of the system account, without any claims, so
    /// these may be part of a cycle.
    /// </summary>
    private bool HasImports(AccountNode exporter, string? type) =>
        exporter.Claims.Imports.Any(other => other.Type == type)
            || (type == "service" && !string.IsNullOrEmpty(above.SystemAccount) && exporter.Claims.Subject != above.SystemAccount);

    private (ValidationRule Rule, string Reason)? FaultOf(AccountNode importer, AccountImport import)
    {
        if (!byKey.TryGetValue(import.Account ?? "", out AccountNode? exporter))
        {
            return (ValidationRules.ImportExporter, $"there is no account {import.Account} below the operator '{above.Name}'");
        }

        if (!exporter.IsTaken)
        {
            return (ValidationRules.ImportExporter, $"they refuse the exporting {exporter.Place}");
        }

        (_, string subject) = ImportUse.SubjectsOf(import);
        AccountExport? export = ExportsOf(exporter).Find(import.Type, subject);
        if (export is null)
        {
            return (ValidationRules.ImportNotExported, $"the {exporter.Place} does not export it");
        }

        if (export.AccountTokenPosition > 0)
        {
            string[] tokens = export.Subject == subject ? [] : subject.Split('.');
            return export.AccountTokenPosition <= tokens.Length && tokens[export.AccountTokenPosition - 1] == importer.Claims.Subject
                ? null
                : (
                    ValidationRules.ImportForeignKey,
                    $"the {exporter.Place} requires the importer's key as token {export.AccountTokenPosition} of the subject");
        }

        return export.TokenReq ? FaultOfActivation(import, export, exporter) : null;
    }

    private static string NameOf(AccountImport import) => ClaimSummary.Item(import.Type, Excerpt.Of(import.Subject));

    /// <summary>Gets the exports of an account. They are cached, because others may have thousands of imports from it.</summary>
    private OfferedExports ExportsOf(AccountNode exporter) => offers.TryGetValue(exporter.Claims.Subject ?? "", out OfferedExports? known)
        ? known
        : offers[exporter.Claims.Subject ?? ""] = new OfferedExports([.. exporter.Claims.Exports.Where(export => !export.IsNull)]);

    private (ValidationRule Rule, string Reason)? FaultOfActivation(AccountImport import, AccountExport export, AccountNode exporter)
    {
        string? reason = JwtReader.TryRead(import.Token)?.Claims is not ActivationClaims activation
            ? $"the export of the {exporter.Place} is private, and the import has no activation"
            : Signers.FaultOf(activation, activation.Issuer, exporter.Claims, Signers.Of(exporter.Claims, above)) != SignerFault.None
                ? $"the activation was signed by {activation.Issuer}, which is not a key of the {exporter.Place}"
            : Revocations.IsRevoked(export.Revocations, activation) ? $"the {exporter.Place} revoked the activation"
            : UnixTime.IsNotYet(
                activation.NotBefore, now.ToUnixTimeSeconds()) ? $"the activation is not valid before {UnixTime.ToDate(activation.NotBefore):u}"
            : null;
        return reason is null ? null : (ValidationRules.ImportNotActivated, reason);
    }

    /// <summary>
    /// Finds the export that servers use: that of exactly this subject (the last one if there are several), else the first one that covers it.
    /// </summary>
    private sealed class OfferedExports(IReadOnlyList<AccountExport> exports)
    {
        private readonly ExportIndex covering = new(exports);
        private readonly Dictionary<(string? Type, string? Subject), AccountExport> bySubject =
            exports.GroupBy(export => (export.Type, export.Subject)).ToDictionary(group => group.Key, group => group.Last());

        public AccountExport? Find(string? type, string subject) => bySubject.GetValueOrDefault((type, subject))
            ?? (covering.Find(type, subject) is >= 0 and int place ? exports[place] : null);
    }
}
