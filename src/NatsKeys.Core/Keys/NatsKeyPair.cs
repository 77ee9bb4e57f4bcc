using System.Security;
using System.Security.Cryptography;
using NSec.Cryptography;
using RawPublicKey = NSec.Cryptography.PublicKey;

namespace NatsKeys.Keys;

/// <summary>
/// An nkey: a public key and, if it is available, its seed. The seed is encrypted in memory. No property and not <see cref="ToString"/> show it; only
/// the methods that are named for it return it.
/// </summary>
public sealed class NatsKeyPair : ISigner, IDisposable
{
    // The longest form is the private one of an Ed25519 key.
    private const int MaximumTextLength = 108;
    private readonly RawPublicKey verifier;
    private readonly SealedSeed? seed;
    private readonly Lock sync = new();
    private Key? signer;

    private NatsKeyPair(NatsKeyType type, RawPublicKey verifier, SealedSeed? seed)
        : this(type, KeyEncoding.EncodePublic(type, verifier.Export(KeyBlobFormat.RawPublicKey)), verifier, seed)
    {
    }

    private NatsKeyPair(NatsKeyType type, string publicKey, RawPublicKey verifier, SealedSeed? seed)
    {
        Type = type;
        PublicKey = publicKey;
        this.verifier = verifier;
        this.seed = seed;
    }

    /// <summary>The type of the key.</summary>
    public NatsKeyType Type { get; }

    /// <summary>The public key, 56 characters.</summary>
    public string PublicKey { get; }

    /// <summary>Whether the private half is available.</summary>
    public bool HasSeed => seed is not null;

    /// <summary>Generates a key pair from the system's random source.</summary>
    /// <param name="type">The type of the key.</param>
    public static NatsKeyPair Generate(NatsKeyType type)
    {
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        RandomNumberGenerator.Fill(raw);
        return FromOwnedRawSeed(type, raw);
    }

    /// <summary>Creates the key pair of a raw seed: the RFC 8032 secret key, or the X25519 secret of a curve key.</summary>
    /// <param name="type">The type of the key.</param>
    /// <param name="rawSeed">32 bytes. They are copied; the caller clears them.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidSeedLength"/>: not 32 bytes.</exception>
    public static NatsKeyPair FromRawSeed(NatsKeyType type, ReadOnlySpan<byte> rawSeed)
    {
        if (rawSeed.Length != KeyEncoding.RawLength)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidSeedLength, $"A raw seed must have {KeyEncoding.RawLength} bytes. This one has {rawSeed.Length}.");
        }

        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        rawSeed.CopyTo(raw);
        return FromOwnedRawSeed(type, raw);
    }

    /// <summary>
    /// Reads a seed (<c>SO…</c>, <c>SA…</c>, <c>SU…</c>, …). White space around it is ignored; only the canonical spelling is accepted.
    /// </summary>
    /// <param name="text">The seed's 58 characters.</param>
    /// <exception cref="NatsKeysException">The text is not a seed. The message gives the reason and does not repeat the text.</exception>
    public static NatsKeyPair FromSeed(ReadOnlySpan<char> text)
    {
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        return KeyEncoding.DecodeSeed(text.Trim(), out NatsKeyType type, raw) is { } error
            ? throw new NatsKeysException(error, $"This is not a seed: {KeyEncoding.Explain(error)}.")
            : FromOwnedRawSeed(type, raw);
    }

    /// <summary>Creates a key that can only verify.</summary>
    /// <param name="text">The public key's 56 characters; white space around it is ignored.</param>
    /// <exception cref="NatsKeysException">The text is not a public key.</exception>
    public static NatsKeyPair FromPublicKey(ReadOnlySpan<char> text)
    {
        // The text is stored, not encoded again: X25519 ignores the top bit of a key, and keys are compared as texts.
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        ReadOnlySpan<char> trimmed = text.Trim();
        return KeyEncoding.DecodePublic(trimmed, out NatsKeyType type, raw) is { } error
            ? throw new NatsKeysException(error, $"{SecretShape.Show(trimmed.ToString())} is not a public key: {KeyEncoding.Explain(error)}.")
            : new NatsKeyPair(type, trimmed.ToString(), RawPublicKey.Import(AlgorithmOf(type), raw, KeyBlobFormat.RawPublicKey), seed: null);
    }

    /// <summary>Whether a signature was made by a public key; false if the text is not a key that can sign.</summary>
    internal static bool Verify(ReadOnlySpan<char> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        return KeyEncoding.DecodePublic(publicKey, out NatsKeyType type, raw) is null
            && type != NatsKeyType.Curve
            && SignatureAlgorithm.Ed25519.Verify(RawPublicKey.Import(SignatureAlgorithm.Ed25519, raw, KeyBlobFormat.RawPublicKey), data, signature);
    }

    /// <summary>Whether the text is a seed. Nothing else about it is revealed.</summary>
    /// <param name="text">The text to check; white space around it is ignored.</param>
    public static bool IsSeed(ReadOnlySpan<char> text)
    {
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        bool valid = KeyEncoding.DecodeSeed(text.Trim(), out _, raw) is null;
        CryptographicOperations.ZeroMemory(raw);
        return valid;
    }

    /// <inheritdoc/>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CannotSign"/>: the seed is not available; <see cref="ErrorCode.InvalidCurveKeyOperation"/>: a curve key.
    /// </exception>
    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        if (seed is null)
        {
            throw new NatsKeysException(ErrorCode.CannotSign, $"Key {PublicKey} cannot sign: its private key is not available.");
        }

        SignatureAlgorithm.Ed25519.Sign(OpenSigner(seed), data, signature);
    }

    /// <summary>Whether this key made the signature of exactly these bytes.</summary>
    /// <param name="data">The bytes that were signed.</param>
    /// <param name="signature">The signature; any length but 64 bytes does not verify.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidCurveKeyOperation"/>: a curve key cannot sign.</exception>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        RefuseCurve();
        return SignatureAlgorithm.Ed25519.Verify(verifier, data, signature);
    }

    /// <summary>Returns the seed as a <see cref="SecureString"/>, which the caller disposes.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.PublicKeyOnly"/>: the seed is not available.</exception>
    public SecureString ToSeed()
    {
        Span<char> text = stackalloc char[KeyEncoding.SeedLength];
        try
        {
            CopySeed(text);
            var secure = new SecureString();
            foreach (char character in text)
            {
                secure.AppendChar(character);
            }

            secure.MakeReadOnly();
            return secure;
        }
        finally
        {
            text.Clear();
        }
    }

    /// <summary>Writes the seed's 58 characters into a buffer that the caller clears.</summary>
    /// <param name="destination">At least 58 characters.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.PublicKeyOnly"/>: the seed is not available.</exception>
    public void CopySeed(Span<char> destination)
    {
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        try
        {
            CopyRawSeed(raw);
            KeyEncoding.EncodeSeed(Type, raw, destination);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }

    /// <summary>
    /// Writes the private form (<c>P…</c>) into a buffer that the caller clears. It does not contain the key's type, so prefer the seed.
    /// </summary>
    /// <param name="destination">At least 108 characters.</param>
    /// <returns>The number of characters written: 108, or 56 for a curve key.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.PublicKeyOnly"/>: the seed is not available.</exception>
    internal int CopyPrivateKey(Span<char> destination)
    {
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        try
        {
            CopyRawSeed(raw);
            return KeyEncoding.EncodePrivate(Type, raw, verifier.Export(KeyBlobFormat.RawPublicKey), destination);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }

    /// <summary>Passes the private key to a function as text: the seed (58 characters) or the private form. The text is then cleared.</summary>
    /// <param name="privateForm">Whether to pass the private form, which does not contain the key's type.</param>
    /// <param name="reader">Receives the text, which is valid only during the call.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.PublicKeyOnly"/>: the seed is not available.</exception>
    public void Reveal(bool privateForm, Action<ReadOnlyMemory<char>> reader)
    {
        char[] text = SecretArray.Of<char>(MaximumTextLength);
        try
        {
            int length = KeyEncoding.SeedLength;
            if (privateForm)
            {
                length = CopyPrivateKey(text);
            }
            else
            {
                CopySeed(text);
            }

            reader(text.AsMemory(0, length));
        }
        finally
        {
            Array.Clear(text);
        }
    }

    /// <summary>Throws if the key has none of the allowed types.</summary>
    /// <param name="allowed">The allowed types.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.IncompatibleKey"/>: another type.</exception>
    public void Require(params ReadOnlySpan<NatsKeyType> allowed)
    {
        if (!allowed.Contains(Type))
        {
            string wanted = string.Join(" or ", allowed.ToArray()).ToLowerInvariant();
            throw new NatsKeysException(
                ErrorCode.IncompatibleKey, $"Key {PublicKey} has type {Type.ToString().ToLowerInvariant()}. Expected: {wanted}.");
        }
    }

    /// <summary>Copies the key to an object of its own, so that each can be disposed without the other.</summary>
    public NatsKeyPair Copy() => new(Type, PublicKey, verifier, seed?.Copy());

    /// <summary>Returns the public key, never the seed.</summary>
    public override string ToString() => PublicKey;

    /// <summary>Forgets the seed.</summary>
    public void Dispose()
    {
        lock (sync)
        {
            signer?.Dispose();
            signer = null;
            seed?.Dispose();
        }
    }

    /// <summary>Writes the raw seed into a buffer that the caller clears.</summary>
    internal void CopyRawSeed(Span<byte> raw)
    {
        if (seed is null)
        {
            throw new NatsKeysException(ErrorCode.PublicKeyOnly, $"The seed of key {PublicKey} is not available: only its public key is known.");
        }

        seed.CopyTo(raw);
    }

    private static NatsKeyPair FromOwnedRawSeed(NatsKeyType type, Span<byte> raw)
    {
        try
        {
            return new NatsKeyPair(type, VerifierOf(type, raw), new SealedSeed(raw));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }

    private static RawPublicKey VerifierOf(NatsKeyType type, ReadOnlySpan<byte> seed)
    {
        if (type == NatsKeyType.Curve)
        {
            using Key key = Key.Import(KeyAgreementAlgorithm.X25519, seed, KeyBlobFormat.RawPrivateKey);
            return key.PublicKey;
        }

        Span<byte> publicKey = stackalloc byte[KeyEncoding.RawLength];
        Libsodium.DerivePublicKey(seed, publicKey);
        return RawPublicKey.Import(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey);
    }

    private static Algorithm AlgorithmOf(NatsKeyType type) => type == NatsKeyType.Curve ? KeyAgreementAlgorithm.X25519 : SignatureAlgorithm.Ed25519;

    /// <summary>Returns the key in guarded memory. It is created for the first signature, and used again for later ones.</summary>
    private Key OpenSigner(SealedSeed sealedSeed)
    {
        RefuseCurve();
        lock (sync)
        {
            if (signer is null)
            {
                Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
                sealedSeed.CopyTo(raw);
                signer = Key.Import(SignatureAlgorithm.Ed25519, raw, KeyBlobFormat.RawPrivateKey);
                CryptographicOperations.ZeroMemory(raw);
            }

            return signer;
        }
    }

    private void RefuseCurve()
    {
        if (Type == NatsKeyType.Curve)
        {
            throw new NatsKeysException(ErrorCode.InvalidCurveKeyOperation, $"Key {PublicKey} is a curve key. Curve keys cannot sign or verify.");
        }
    }
}
