using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Imports the tokens of a completed request into the store that requested them. Whatever the request says, each token must state exactly what the
/// file of its entity states now.
/// </summary>
internal sealed class SigningRequestImporter
{
    private readonly NatsStore store;
    private readonly string file;

    /// <summary>Reads a request that was sent back.</summary>
    /// <param name="store">The store.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.RequestNotCompleted"/>: it contains no signed token; <see cref="ErrorCode.InvalidRequest"/>: it was truncated or altered.
    /// </exception>
    public SigningRequestImporter(NatsStore store, string file)
    {
        this.store = store;
        this.file = file;
        NatsSigningRequest request = NatsSigningRequest.Read(file, store);
        Signed = request.GetSignatures().Where(signature => signature.Token is not null).ToArray();
        Unsigned = request.GetSignatures().Where(signature => signature.Token is null).Select(signature => signature.Path).ToArray();
        if (Signed.Count == 0)
        {
            throw new NatsKeysException(
                ErrorCode.RequestNotCompleted,
                $"The signing request '{file}' contains no signed tokens yet.")
            {
                Path = file,
                Remedy = Remedy.CompleteRequest,
            };
        }
    }

    /// <summary>The signatures that were made.</summary>
    public IReadOnlyList<RequestedSignature> Signed { get; }

    /// <summary>The entities that were not signed.</summary>
    public IReadOnlyList<EntityPath> Unsigned { get; }

    /// <summary>Whether the store lacks a token. Nothing is written.</summary>
    /// <param name="signature">A signature that was made.</param>
    /// <exception cref="NatsKeysException">The store cannot accept the token.</exception>
    public bool IsNeeded(RequestedSignature signature) => IsNeeded(store.Get(signature.Path), signature);

    /// <summary>Imports tokens in one transaction. A token that the store cannot accept is left out.</summary>
    /// <param name="signatures">The signatures to import.</param>
    /// <param name="failed">Receives each signature that is left out, once, with the reason.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>The entities of the others, as they are now.</returns>
    /// <exception cref="NatsKeysException">The store could not be changed; then nothing has changed.</exception>
    public IReadOnlyList<NatsEntity> Import(
        IReadOnlyCollection<RequestedSignature> signatures,
        Action<RequestedSignature, NatsKeysException> failed,
        CancellationToken cancellation = default)
    {
        // After a conflict, the import is repeated. What was reported as left out stays left out.
        var remaining = signatures.ToList();
        return Conflicts.Retry(() => ImportOnce(remaining, failed, cancellation));
    }

    private List<NatsEntity> ImportOnce(
        List<RequestedSignature> signatures, Action<RequestedSignature, NatsKeysException> failed, CancellationToken cancellation)
    {
        if (signatures.Count == 0)
        {
            return [];
        }

        using StoreTransaction edit = store.BeginChange(cancellation);
        var taken = new List<EntityPath>();
        var saved = new List<RequestedSignature>();
        foreach (RequestedSignature signature in signatures.ToArray())
        {
            try
            {
                NatsEntity entity = edit.Get(signature.Path);
                if (IsNeeded(entity, signature))
                {
                    edit.Save(entity.Path, new EntityDocument(signature.Token!.Claims, signature.Token.Token));
                    saved.Add(signature);
                }

                taken.Add(entity.Path);
            }
            catch (NatsKeysException error)
            {
                signatures.Remove(signature);
                failed(signature, error);
            }
        }

        if (taken.Count > 0)
        {
            edit.Commit();
        }

        foreach (RequestedSignature signature in saved)
        {
            TokenTimes.Warn(store, signature.Path, signature.Token!.Claims);
        }

        return taken.ConvertAll(store.Get);
    }

    private bool IsNeeded(NatsEntity entity, RequestedSignature signature)
    {
        NatsJwt token = signature.Token!;
        if (entity.Jwt == token.Token)
        {
            return false;
        }

        if (entity.FaultOf(token.Claims, token.Issuer) != SignerFault.None)
        {
            throw Refused(
                ErrorCode.SigningKeyNotAllowed,
                entity,
                $"it was signed by {token.Issuer}, "
                    + $"which is not {(entity.Path.Parent is { } above ? $"a key of the {above}" : "its own key")}");
        }

        NatsJwt? known = entity.Document.TryReadToken();
        if (entity.Issuer is { } asked && asked != token.Issuer && asked != known?.Issuer)
        {
            throw Refused(ErrorCode.RequestOutdated, entity, $"its file now names the issuer {asked}, but it was signed by {token.Issuer}");
        }

        RequireWish(entity, token);
        if (known?.Claims.IssuedAt >= token.Claims.IssuedAt && entity.FaultOf(known.Claims, known.Issuer) == SignerFault.None)
        {
            throw Refused(ErrorCode.RequestOutdated, entity, $"the store now has a token from {known.IssuedAt:u}, which is not older");
        }

        return true;
    }

    /// <summary>Throws if the file, under the key that signed the token, does not state what the token states.</summary>
    private void RequireWish(NatsEntity entity, NatsJwt token)
    {
        entity = entity.Draft();
        entity.Wanted.Name ??= entity.Name;
        entity.Wanted.Issuer = token.Issuer;
        UserScope.Fit(entity, token.Issuer!);
        if (!ClaimJson.SameWish(entity.Wanted, token.Claims))
        {
            throw Refused(
                ErrorCode.RequestOutdated,
                entity,
                "its file has changed since the request: "
                    + $"{ClaimDifference.Describe(ClaimDifference.Between(entity.Wanted, token.Claims))}");
        }
    }

    private NatsKeysException Refused(ErrorCode code, NatsEntity entity, string why) =>
        new(code, $"The token of the {entity.Path} in '{file}' cannot be imported into the store {store.Location}: {why}.") { Path = file };
}
