using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Signs what a request asks for, with exactly the requested keys. The entities need not be in the store.</summary>
internal sealed class SigningRequestCompleter : IDisposable
{
    private readonly NatsSigningRequest request;
    private readonly NatsStore store;
    private readonly EntityEditor editor;
    private readonly SignerFinder signers;
    private readonly ISigner? named;
    private readonly RequestTrust trust;
    private readonly bool isRehearsal;

    /// <summary>Prepares to complete a request.</summary>
    /// <param name="store">The store whose clock is used, and which may know the operator.</param>
    /// <param name="keys">The available keys, for use if no key is specified. The caller disposes them.</param>
    /// <param name="request">The request.</param>
    /// <param name="choice">The key that signs, if one is specified. Signatures of other keys are then left out.</param>
    /// <param name="operatorKey">The public key of the operator; null if the signer did not specify it.</param>
    /// <param name="isRehearsal">Whether this is a dry run: everything is checked and nothing is signed.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.RequestExpired"/>; <see cref="ErrorCode.RequestCompleted"/>: nothing is left to sign;
    /// <see cref="ErrorCode.EntityExists"/>: the store has another operator with the same name; or the specified key is not available or not
    /// requested.
    /// </exception>
    public SigningRequestCompleter(
        NatsStore store, KeyRing keys, NatsSigningRequest request, SigningKeyChoice choice, string? operatorKey = null, bool isRehearsal = false)
    {
        this.store = store;
        this.request = request;
        this.isRehearsal = isRehearsal;
        trust = new RequestTrust(store, keys, request, operatorKey);
        editor = new EntityEditor(store);
        signers = new SignerFinder(keys);
        try
        {
            Waiting = FindOpen();
            trust.RequireRoom();
            if (choice != SigningKeyChoice.Default)
            {
                named = FindNamed(choice, request.Path);
                Waiting = Waiting.Where(signature => signature.SigningKey == named.PublicKey).ToArray();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The signatures to make, parents before children.</summary>
    public IReadOnlyList<RequestedSignature> Waiting { get; }

    /// <summary>Checks a signature, and finds the key.</summary>
    /// <param name="signature">One of the signatures to make.</param>
    /// <returns>
    /// The text for the signer to review: which operator the signature is for, and everything that will be signed. It uses only what this machine
    /// knows or has verified.
    /// </returns>
    /// <exception cref="NatsKeysException">
    /// A rule is broken, the parent does not list the key, or the key is not available; <see cref="ErrorCode.UnknownOperator"/>: this machine does
    /// not know the operator; <see cref="ErrorCode.RequestOutdated"/>: the store has a newer token; <see cref="ErrorCode.EntityExists"/>: the store
    /// has another entity with the same name.
    /// </exception>
    public string Check(RequestedSignature signature)
    {
        string introduction = trust.Introduce(signature, named);
        RequestRules.Require(editor.Rules, trust.EntityOf(signature), signature.Signed?.Claims);
        if (signature.Signed?.IssuedAt > store.Clock.GetUtcNow() + ClockSlack.WarnedAfter)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidRequest,
                $"The token of the {signature.Path} was issued at {signature.Signed.IssuedAt:u}, which is in the future. Check the clock of this "
                    + "machine. If it is right, remove the token from the entity file and create a new request.");
        }

        SignerOf(signature);
        if (isRehearsal)
        {
            trust.Rehearse(signature);
        }

        return $"{TextSanitizer.Clean(introduction)}\n{signature.Text}\nAccording to the request, it was created at {request.Created:u}. Its digest "
            + $"is {request.Digest}.";
    }

    /// <summary>Signs, and adds the token to the request.</summary>
    /// <param name="signature">A signature that was checked.</param>
    /// <exception cref="NatsKeysException">It could not be signed.</exception>
    public void Sign(RequestedSignature signature)
    {
        NatsEntity entity = trust.EntityOf(signature);
        ISigner signer = SignerOf(signature);
        EntityDocument document = editor.SignClaims(entity.Path, entity.Wanted, signer, entity.Above, entity.Document);
        signature.Token = JwtReader.Read(document.Jwt!);
    }

    /// <summary>Saves the operator that the signer specified in the store, so that this machine knows it from now on.</summary>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>Its place; null if it was already known, or if no key was specified.</returns>
    /// <exception cref="NatsKeysException">It could not be written.</exception>
    public EntityPath? RememberOperator(CancellationToken cancellation = default) => trust.Remember(cancellation);

    /// <inheritdoc/>
    public void Dispose() => editor.Dispose();

    private RequestedSignature[] FindOpen()
    {
        if (request.Expires < store.Clock.GetUtcNow())
        {
            throw new NatsKeysException(
                ErrorCode.RequestExpired,
                $"The signing request '{request.Path}' expired at {request.Expires:u}. Nothing was signed.") { Path = request.Path };
        }

        RequestedSignature[] open = [.. request.GetSignatures().Where(signature => signature.Token is null)];
        return open.Length > 0
            ? open
            : throw new NatsKeysException(
                ErrorCode.RequestCompleted,
                $"The signing request '{request.Path}' is already completed.")
            {
                Path = request.Path,
                Remedy = Remedy.ImportRequest,
            };
    }

    private ISigner FindNamed(SigningKeyChoice choice, string path)
    {
        string[] asked = [.. Waiting.Select(signature => signature.SigningKey).Distinct(StringComparer.Ordinal)];
        ISigner signer = signers.FindAny(choice, asked, $"the signing request '{path}'");
        return asked.Contains(signer.PublicKey)
            ? signer
            : throw new SigningKeyException(new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed,
                $"Nothing was signed: the signing request '{path}' has nothing to sign with key {signer.PublicKey}. It requires signatures by "
                    + $"{string.Join(", ", asked)}.")
            {
                Remedy = Remedy.UseRequestedKey,
            });
    }

    private ISigner SignerOf(RequestedSignature signature) =>
        named ?? signers.FindAny(SigningKeyChoice.Named(signature.SigningKey), [], signature.ToString());
}
