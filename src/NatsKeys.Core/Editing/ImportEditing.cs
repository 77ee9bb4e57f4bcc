using NatsKeys.Claims;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Validation;

namespace NatsKeys.Editing;

/// <summary>Makes activations, and completes imports from what their exporters export.</summary>
public static class ImportEditing
{
    /// <summary>Signs the permission of one account to import what another one exports privately. The store does not change.</summary>
    /// <param name="editor">The editor of the store.</param>
    /// <param name="exporter">The exporting account.</param>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="NatsKeysException">
    /// The account exports no such subject, or to everybody; the activation would break a rule; or there is no key that may sign.
    /// </exception>
    public static NatsJwt Activate(this EntityEditor editor, NatsAccount exporter, ActivationRequest request)
    {
        (ActivationClaims claims, ISigner signer, long issuedAt) = Prepare(editor, exporter, request);
        return JwtReader.Read(JwtWriter.Write(claims, signer, issuedAt));
    }

    /// <summary>Refuses what <see cref="Activate(EntityEditor, NatsAccount, ActivationRequest)"/> would refuse, and signs nothing.</summary>
    /// <param name="editor">The editor of the exporter's store.</param>
    /// <param name="exporter">The account that exports.</param>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="NatsKeysException">The activation cannot be made.</exception>
    public static void RequireActivation(this EntityEditor editor, NatsAccount exporter, ActivationRequest request) => Prepare(editor, exporter, request);

    private static (ActivationClaims Claims, ISigner Signer, long IssuedAt) Prepare(EntityEditor editor, NatsAccount exporter, ActivationRequest request)
    {
        AccountExport export = Covering(exporter, request.Subject, request.Type);
        if (!export.TokenReq || export.AccountTokenPosition > 0)
        {
            string why = export.TokenReq ? $"the account key at position {export.AccountTokenPosition} of its subject is the permission" : "it is public";
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"The export '{export.Subject}' of {exporter.Path} needs no activation: {why}.");
        }

        string what = $"activation of '{request.Subject}' for {request.TargetAccount}";
        ISigner signer = editor.FindSigner(request.SigningKey, exporter, what);
        if (exporter.ScopeOf(signer.PublicKey) is { } scope)
        {
            throw new SigningKeyException(new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed, $"Key {signer.PublicKey} may not sign the {what}: it is the key of role '{scope.Role}', which is for users alone. Nothing was signed."));
        }

        DateTimeOffset now = editor.Store.Clock.GetUtcNow();
        var claims = new ActivationClaims
        {
            Name = export.Name is { Length: > 0 } name ? name : request.Subject,
            Subject = request.TargetAccount,
            ImportSubject = request.Subject,
            ImportKind = export.Type,
            IssuerAccount = signer.PublicKey == exporter.Subject ? null : exporter.Subject,
            Expires = UnixTime.FromDate(request.Expires),
            NotBefore = UnixTime.FromDate(request.NotBefore),
        };
        if (request.Expires <= now)
        {
            throw new NatsKeysException(ErrorCode.InvalidTime, $"The {what} would expire at {request.Expires:u}, which is in the past. Nothing was signed.");
        }

        if (request.Expires <= request.NotBefore)
        {
            throw new NatsKeysException(ErrorCode.InvalidTime, $"The {what} would expire at {request.Expires:u}, before it becomes valid at {request.NotBefore:u}. Nothing was signed.");
        }

        editor.RequireRules(what, claims);
        long second = now.ToUnixTimeSeconds();
        return (claims, signer, Revocations.After(export.Revocations, request.TargetAccount, second, second));
    }

    /// <summary>
    /// Completes an import from the export that covers it: type and name, and the importer's key where the exporter wants it in the subject.
    /// </summary>
    /// <param name="importer">The account that imports.</param>
    /// <param name="import">The import, with its subject.</param>
    /// <param name="exporter">The account that exports.</param>
    /// <returns>Whether the import still needs an activation.</returns>
    /// <exception cref="NatsKeysException">The exporter exports no such subject.</exception>
    public static bool Complete(this NatsAccount importer, AccountImport import, NatsAccount exporter)
    {
        AccountExport export = Covering(exporter, import.Subject ?? "", import.Type);
        import.Account = exporter.Subject;
        import.Type = export.Type;
        import.Name ??= export.Name;
        if (export.AccountTokenPosition > 0)
        {
            import.Subject = WithKey(import.Subject!, export, importer);
            return false;
        }

        return export.TokenReq && string.IsNullOrEmpty(import.Token);
    }

    /// <summary>Gives an import its activation, signed by the exporting account, whose key is at hand.</summary>
    /// <param name="editor">The editor of the exporter's store.</param>
    /// <param name="import">The import.</param>
    /// <param name="importer">The account that imports.</param>
    /// <param name="exporter">The account that exports.</param>
    /// <exception cref="NatsKeysException">The activation cannot be made.</exception>
    public static void Activate(this EntityEditor editor, AccountImport import, NatsAccount importer, NatsAccount exporter)
    {
        try
        {
            var request = new ActivationRequest(import.Subject!, importer.Subject!) { Type = import.Type };
            if (editor.IsRehearsal)
            {
                RequireActivation(editor, exporter, request);
            }
            else
            {
                import.Token = Activate(editor, exporter, request).Token;
            }
        }
        catch (NatsKeysException error) when (error.Code is ErrorCode.EntityAmbiguous or ErrorCode.SigningKeyNotFound)
        {
            // The key that was named, if any, signs the importer and not this.
            throw new NatsKeysException(
                error.Code, $"The export of {exporter.Path} is private, and no key of that account is at hand that could sign an activation, or more than one is: make one with New-NatsActivation and give it with -Token. {error.Message}", error);
        }
    }

    /// <summary>Adds an import. For use within <see cref="EntityEditor.Change"/>.</summary>
    /// <param name="account">The account that imports.</param>
    /// <param name="import">The import.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimExists"/>: the account imports this under the same subject already.</exception>
    public static void AddImport(this NatsAccount account, AccountImport import)
    {
        account.RequireUnlike(import);
        account.Claims.Imports.Add(import);
    }

    /// <summary>Refuses an import that has become the same as another one. For use within <see cref="EntityEditor.Change"/>.</summary>
    /// <param name="account">The account that imports.</param>
    /// <param name="import">The import.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimExists"/>: the account imports this under the same subject already.</exception>
    public static void RequireUnlike(this NatsAccount account, AccountImport import)
    {
        if (account.Claims.Imports.Exists(other => other != import &&
            (other.Subject, other.Type, other.Account, other.LocalSubject ?? "") == (import.Subject, import.Type, import.Account, import.LocalSubject ?? "")))
        {
            throw new NatsKeysException(ErrorCode.ClaimExists, $"The {account.Path} imports the {import.Type} '{import.Subject}' from {import.Account} already. Set-NatsImport changes it.");
        }
    }

    private static AccountExport Covering(NatsAccount exporter, string subject, string? type)
    {
        AccountExport[] covering = [.. exporter.Claims.Exports.Where(export => Covers(export.Subject ?? "", subject) && (type is null || export.Type == type))];
        return covering switch
        {
            [var only] => only,
            [] => throw new NatsKeysException(
                ErrorCode.ClaimNotFound, $"The {exporter.Path} exports no {type ?? "stream or service"} that covers '{subject}'. It exports: {List(exporter.Claims.Exports)}."),
            _ => throw new NatsKeysException(ErrorCode.EntityAmbiguous, $"The {exporter.Path} has several exports that cover '{subject}': {List(covering)}. Give the type."),
        };
    }

    /// <summary>To the rule, a wildcard for the rest is text like any other; servers do not take it for one token.</summary>
    internal static bool Covers(string export, string subject) =>
        Subjects.IsContained(subject, export) && (!subject.EndsWith('>') || export.EndsWith('>'));

    private static string List(IEnumerable<AccountExport> exports) =>
        string.Join(", ", exports.Select(export => $"{export.Type} '{export.Subject}'")) is { Length: > 0 } list ? list : "nothing";

    /// <summary>The subject with the importer's key at the place where the exporter wants it.</summary>
    private static string WithKey(string subject, AccountExport export, NatsAccount importer)
    {
        string[] tokens = subject.Split('.');
        long place = export.AccountTokenPosition - 1;
        if (place >= tokens.Length || (tokens[place] != "*" && tokens[place] != importer.Subject))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"The export '{export.Subject}' wants the importer's public key at position {export.AccountTokenPosition}, which '{subject}' does not have there.");
        }

        tokens[place] = importer.Subject!;
        return string.Join('.', tokens);
    }
}
