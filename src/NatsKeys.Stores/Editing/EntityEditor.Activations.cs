using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>Signs an activation, which permits one account to import a private export of another. The store does not change.</summary>
    /// <param name="exporter">The exporting account.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="NatsKeysException">
    /// The account has no such export, or the export needs no activation; the activation would break a rule; or no key may sign.
    /// </exception>
    public NatsJwt Activate(NatsAccount exporter, ActivationRequest request)
    {
        (ActivationClaims claims, ISigner signer, long issuedAt) = Prepare(exporter, request);
        return JwtReader.Read(JwtWriter.Write(claims, signer, issuedAt));
    }

    /// <summary>Throws the errors that <see cref="Activate(NatsAccount, ActivationRequest)"/> would throw, and signs nothing.</summary>
    /// <param name="exporter">The exporting account.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="NatsKeysException">The activation cannot be created.</exception>
    public void RequireActivation(NatsAccount exporter, ActivationRequest request) =>
        Prepare(exporter, request);

    /// <summary>Adds an activation to an import. A key of the exporting account must be available to sign it.</summary>
    /// <param name="import">The import.</param>
    /// <param name="importer">The importing account.</param>
    /// <param name="exporter">The exporting account.</param>
    /// <exception cref="NatsKeysException">The activation cannot be created.</exception>
    public void Activate(AccountImport import, NatsAccount importer, NatsAccount exporter)
    {
        try
        {
            var request = new ActivationRequest(import.Subject!, importer.Subject!) { Type = import.Type };
            if (IsRehearsal)
            {
                RequireActivation(exporter, request);
            }
            else
            {
                import.Token = Activate(exporter, request).Token;
            }
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.SigningKeyNotFound)
        {
            // If a key was specified, it signs the importer, not the activation.
            throw new NatsKeysException(
                error.Code,
                $"The export of {exporter.Path} is private, and no key of that account could be chosen to sign an activation. {error.Message}",
                error) { Remedy = Remedy.CreateActivation };
        }
    }

    private (ActivationClaims Claims, ISigner Signer, long IssuedAt) Prepare(NatsAccount exporter, ActivationRequest request)
    {
        AccountExport export = exporter.FindCovering(request.Subject, request.Type);
        if (!export.TokenReq || export.AccountTokenPosition > 0)
        {
            string why = export.TokenReq
                ? $"the account key at position {export.AccountTokenPosition} of its subject grants access"
                : "it is public, so accounts import it without one";
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"The export '{export.Subject}' of {exporter.Path} does not require an activation: {why}.");
        }

        string what = $"activation of '{request.Subject}' for {request.TargetAccount}";
        ISigner signer = FindSigner(request.SigningKey, exporter, what);
        if (exporter.ScopeOf(signer.PublicKey) is { } scope)
        {
            throw new SigningKeyException(new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed,
                $"Key {signer.PublicKey} may not sign the {what}: it is the key of role '{scope.Role}', which only signs users. Nothing was "
                    + "signed."));
        }

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
        Rules.RequireFuture(what, request.Expires);
        SigningRules.RequireOrder(what, request.Expires, request.NotBefore);
        Rules.RequireRules(what, claims);
        long now = Store.Clock.GetUtcNow().ToUnixTimeSeconds();
        return (claims, signer, Revocations.After(export.Revocations, request.TargetAccount, now, now));
    }
}
