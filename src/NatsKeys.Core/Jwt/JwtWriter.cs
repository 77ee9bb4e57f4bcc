using System.Buffers.Text;
using System.Text;
using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Jwt;

/// <summary>Writes tokens of version 2, byte for byte as the reference implementation does.</summary>
public static class JwtWriter
{
    /// <summary>The first segment of every token of version 2: <c>{"typ":"JWT","alg":"ed25519-nkey"}</c>.</summary>
    internal const string Header = "eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ";

    /// <summary>
    /// Signs claims and returns the token. The token has its own issuer, issue time, identifier and version. The claims that are passed in do not
    /// change.
    /// </summary>
    /// <param name="claims">The claims of the token.</param>
    /// <param name="signer">The key that signs.</param>
    /// <param name="clock">The clock for the issue time; by default that of the system.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidClaims"/>: the subject is missing or of the wrong type, or a value does not fit in a token;
    /// <see cref="ErrorCode.TokenIssuer"/>: a key of this type may not sign this kind;
    /// <see cref="ErrorCode.TokenTooLarge"/>: the token is longer than readers accept.
    /// </exception>
    public static string Write(ClaimSet claims, ISigner signer, TimeProvider? clock = null) =>
        Write(claims, signer, (clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds());

    /// <summary>Signs claims with an issue time, as a Unix second.</summary>
    internal static string Write(ClaimSet claims, ISigner signer, long issuedAt)
    {
        Check(claims, signer);
        return Encode(SignedForm(claims, signer, issuedAt), signer);
    }

    /// <summary>Signs claims with an issue time, as a Unix second. Returns the token with its claims, which are read-only.</summary>
    internal static NatsJwt Sign(ClaimSet claims, ISigner signer, long issuedAt)
    {
        Check(claims, signer);
        ClaimSet signed = SignedForm(claims.IsReadOnly ? claims : ClaimCopier.Copy(claims), signer, issuedAt);
        string token = Encode(signed, signer);
        signed.Freeze();

        // The signature of a key pair is known to verify. Other signers, such as programs, are not trusted: their signature is checked when it is
        // first needed.
        return new NatsJwt(token, signed) { IsChecked = signer is NatsKeyPair };
    }

    /// <summary>The issue time of claims that are signed now, for the first time or again.</summary>
    internal static long IssueTime(ClaimSet claims, long now)
    {
        // The identifier of a token covers its issue time, but not what it allows. Resolvers treat two tokens with the same identifier as equal. So a
        // second change within a second is issued one second later. A time in the future is not exceeded: revocations would not cover it.
        return claims.IssuedAt > now + (long)ClockSlack.Followed.TotalSeconds ? now : Math.Max(now, claims.IssuedAt + 1);
    }

    private static ClaimSet SignedForm(ClaimSet claims, ISigner signer, long issuedAt)
    {
        ClaimSet signed = claims.As(signer.PublicKey, issuedAt);
        signed.Id = ClaimJson.ComputeId(signed);
        (signed as GenericClaims)?.EnterVersion();
        return signed;
    }

    private static string Encode(ClaimSet signed, ISigner signer)
    {
        GoJsonWriter json = ClaimJson.BorrowPayload(signed);
        TokenLimits.RequireWritable(json, signed.Name);
        ReadOnlySpan<byte> payload = json.Written;
        int payloadLength = Base64Url.GetEncodedLength(payload.Length);
        int signedLength = Header.Length + 1 + payloadLength;
        byte[] token = new byte[signedLength + 1 + Base64Url.GetEncodedLength(ISigner.SignatureLength)];
        Encoding.ASCII.GetBytes(Header, token);
        token[Header.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, token.AsSpan(Header.Length + 1));
        json.Return();

        Span<byte> signature = stackalloc byte[ISigner.SignatureLength];
        signer.Sign(token.AsSpan(0, signedLength), signature);
        token[signedLength] = (byte)'.';
        Base64Url.EncodeToUtf8(signature, token.AsSpan(signedLength + 1));
        return Encoding.ASCII.GetString(token);
    }

    private static void Check(ClaimSet claims, ISigner signer)
    {
        if (string.IsNullOrEmpty(claims.Subject))
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, "Claims without a subject cannot be signed.");
        }

        if (IssuerTypes.SubjectOf(claims.Kind) is { } wanted && !PublicNkey.Is(claims.Subject, wanted))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"The subject '{claims.Subject}' is not the public key of type {wanted.ToString().ToLowerInvariant()} that "
                    + "is required.");
        }

        NatsKeyType? type = signer is NatsKeyPair pair ? pair.Type : PublicNkey.TryGetType(signer.PublicKey, out NatsKeyType found) ? found : null;
        if (type is not { } known || !IssuerTypes.MayIssue(known, claims.Kind))
        {
            throw new NatsKeysException(
                ErrorCode.TokenIssuer, $"The type of key {signer.PublicKey} cannot issue tokens of kind {claims.KindText ?? "generic"}.");
        }

        if (claims is OperatorClaims { AccountServerUrl: { Length: > 0 } url } && !HasScheme(url))
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"The account server address '{url}' is not a URL with a scheme.");
        }

        if (claims is AccountClaims account
            && account.Exports.FirstOrDefault(export => export.ServiceLatency is { Sampling: < 0 or > 100 }) is { } export)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The latency sampling {export.ServiceLatency!.Sampling} of '{export.Subject}' is not from 1 to 100, or 0 for 'headers'.");
        }
    }

    private static bool HasScheme(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && url.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase);
}
