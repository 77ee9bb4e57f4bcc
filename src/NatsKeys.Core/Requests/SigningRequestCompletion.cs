using NatsKeys.Editing;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Requests;

/// <summary>Signs what a request asks for, with the very key that it asks. The entities need not be in the store.</summary>
public sealed class SigningRequestCompletion : IDisposable
{
    // The time of a token is later than that of the one before it; what claims to be from the future would be valid behind every revocation.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);
    private readonly NatsStore store;
    private readonly EntityEditor editor;
    private readonly SignerFinder signers;
    private readonly ISigner? named;

    /// <summary>Begins to complete a request.</summary>
    /// <param name="store">The store whose clock is used.</param>
    /// <param name="keys">The keys that sign where none is named. They stay the caller's.</param>
    /// <param name="request">The request.</param>
    /// <param name="choice">The key that signs, where one is named: then what asks for another one is left alone.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.RequestExpired"/>; <see cref="ErrorCode.RequestCompleted"/>: nothing is left to sign; or the key that is named cannot be had or is not
    /// asked for.
    /// </exception>
    public SigningRequestCompletion(NatsStore store, KeyRing keys, NatsSigningRequest request, SigningKeyChoice choice)
    {
        this.store = store;
        editor = new EntityEditor(store);
        signers = new SignerFinder(keys);
        try
        {
            Waiting = FindOpen(request);
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

    /// <summary>What is to be signed, from above to below.</summary>
    public IReadOnlyList<RequestedSignature> Waiting { get; }

    /// <summary>Checks what is to be signed, and finds the key.</summary>
    /// <param name="signature">One of those that wait.</param>
    /// <exception cref="NatsKeysException">A rule is broken, the entity above does not list the key, or the key cannot be had.</exception>
    public void Check(RequestedSignature signature)
    {
        RequestRules.Require(editor.Rules, signature.Entity, signature.Signed?.Claims);
        DateTimeOffset latest = store.Clock.GetUtcNow() + ClockTolerance;
        if (signature.Signed?.IssuedAt > latest)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidRequest,
                $"The token that the {signature.Path} has is from {signature.Signed.IssuedAt:u}, which is in the future, and the new one would have to be later. Is the clock of this machine right?");
        }

        SignerOf(signature);
    }

    /// <summary>Signs. The request has the token then.</summary>
    /// <param name="signature">What was checked.</param>
    /// <exception cref="NatsKeysException">It could not be signed.</exception>
    public void Sign(RequestedSignature signature)
    {
        NatsEntity entity = signature.Entity;
        ISigner signer = SignerOf(signature);
        EntityDocument document = editor.SignClaims(entity.Path, entity.Wanted, signer, entity.Above, entity.Document);
        signature.Token = JwtReader.Read(document.Jwt!);
    }

    /// <inheritdoc/>
    public void Dispose() => editor.Dispose();

    private RequestedSignature[] FindOpen(NatsSigningRequest request)
    {
        if (request.Expires < store.Clock.GetUtcNow())
        {
            throw new NatsKeysException(ErrorCode.RequestExpired, $"The signing request '{request.Path}' could be completed until {request.Expires:u}. Nothing was signed.") { Path = request.Path };
        }

        RequestedSignature[] open = [.. request.Signatures.Where(signature => signature.Token is null)];
        return open.Length > 0
            ? open
            : throw new NatsKeysException(
                ErrorCode.RequestCompleted,
                $"Everything that the signing request '{request.Path}' asks for is signed. Import-NatsStore takes it into the store that it comes from.") { Path = request.Path };
    }

    private ISigner FindNamed(SigningKeyChoice choice, string path)
    {
        string[] asked = [.. Waiting.Select(signature => signature.SigningKey).Distinct(StringComparer.Ordinal)];
        ISigner signer = signers.FindAny(choice, asked, $"the signing request '{path}'");
        return asked.Contains(signer.PublicKey)
            ? signer
            : throw new SigningKeyException(new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed,
                $"Key {signer.PublicKey} is not asked for anything in the signing request '{path}', which asks for signatures of {string.Join(", ", asked)}. Nothing was signed."));
    }

    private ISigner SignerOf(RequestedSignature signature) => named ?? signers.FindAny(SigningKeyChoice.Named(signature.SigningKey), [], signature.ToString());
}
