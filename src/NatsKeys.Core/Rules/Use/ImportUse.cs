using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>
/// Finds imports that servers silently drop, whatever the exporter's claims are: AddServiceImportWithClaim and AddMappedStreamImportWithClaim in
/// accounts.go. Checks that need the exporter are in <see cref="ImportChecks"/>.
/// </summary>
internal static class ImportUse
{
    public static void Check(AccountClaims claims, Findings findings)
    {
        var streams = new HashSet<(string?, string?)>();
        for (int index = 0; index < claims.Imports.Count; index++)
        {
            AccountImport import = claims.Imports[index];
            if (import.IsNull)
            {
                continue;
            }

            var claim = new ClaimPath("imports", index);
            if (import.Type == "stream" && !streams.Add((import.Account, import.Subject)))
            {
                findings.Add(
                    ValidationRules.ImportTwice,
                    claim,
                    $"The stream '{Excerpt.Of(import.Subject)}' of {import.Account} is imported twice. Servers allow each stream of an account "
                        + "once, and drop this import.");
            }

            TextRules.CheckSubject(import.Subject, claim.Of("subject"), findings);
            TextRules.CheckSubject(import.LocalSubject, claim.Of("local_subject"), findings);
            TextRules.CheckSubject(import.To, claim.Of("to"), findings);
            CheckSubjects(import, claim, findings);
        }
    }

    private static void CheckSubjects(AccountImport import, ClaimPath claim, Findings findings)
    {
        (string local, string foreign) = SubjectsOf(import);
        if (!Subjects.IsWellFormed(import.Subject ?? "") || (import.Type == "service" && !Subjects.IsWellFormed(local)))
        {
            findings.Add(
                ValidationRules.ImportSubject,
                claim,
                $"'{Excerpt.Of(Subjects.IsWellFormed(import.Subject ?? "") ? local : import.Subject)}' is not a subject: servers drop this import.");
        }
        else if (local != foreign && Subjects.HasWildcardToken(foreign))
        {
            // Requests to a service leave the importer, and stream messages come from the exporter, so the transformations have opposite directions.
            bool isService = import.Type == "service";
            (ServerVersion Server, TransformFault? Fault)[] bad =
            [
                .. findings.Servers
                    .Select(
                        server => (server, new SubjectTransform(server).OfImport(isService ? SubjectTransform.Unnumbered(foreign) : foreign, local)))
                    .Where(fault => fault.Item2 is not null),
            ];
            if (bad is [.., { Fault: { } last }])
            {
                findings.AddFor(
                    ValidationRules.ImportRename, claim, $"'{Excerpt.Of(import.Subject)}' cannot be imported as '{Excerpt.Of(local)}': "
                        + $"{last.Reason}.",
                    [.. bad.Select(fault => fault.Server)], ServerFeature.LooseMappings);
            }
        }
    }

    /// <summary>Gets when the activation of an import expires; null if it never expires, or if there is none that can be read.</summary>
    public static DateTimeOffset? EndOf(AccountImport import) => JwtReader.TryRead(import.Token)?.Expires;

    /// <summary>Gets the subjects of an import on the importer's and the exporter's side, as servers derive them from the claims.</summary>
    public static (string Local, string Foreign) SubjectsOf(AccountImport import)
    {
        string subject = import.Subject ?? "";
        if (!string.IsNullOrEmpty(import.LocalSubject))
        {
            return (import.LocalSubject, subject);
        }

        if (string.IsNullOrEmpty(import.To))
        {
            return (subject, subject);
        }

        // The older form: for a service, the exporter's subject; for a stream, a prefix on the importer's side.
        return import.Type == "service" ? (subject, import.To) : ($"{import.To.TrimEnd('.')}.{subject}", subject);
    }
}
